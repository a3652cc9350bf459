import { appendFileSync, closeSync, fsyncSync, openSync, readFileSync, truncateSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Paper, paper } from '#core/api/stand.ts'
import { syncFile, syncFolder } from '#services/runtime/durable-file.ts'

// What the page and the tests can still see; the file keeps every paper.
const SHOWN = 500

export type Tape = {
  papers: () => readonly Paper[]
  /**
   * Returns once the paper is on disk: only then may a printer say that it came out. Throws where
   * the disk does not take it.
   */
  append: (printed: Omit<Paper, 'number'>) => void
}

/** The printer's roll of paper, a file of one JSON line for each paper. */
export function openTape(path: string, printed: (paper: Paper) => void): Tape {
  closeSync(openSync(path, 'a', 0o600))
  // A stand killed before it synced a paper left it unsynced: what is read back is durable first.
  syncFile(path)
  syncFolder(dirname(path))
  const text = readFileSync(path, 'utf8')
  // A line cut short by a kill was never told to anyone: the paper does not exist.
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  if (whole !== text) truncateSync(path, Buffer.byteLength(whole))
  const lines = whole.split('\n').slice(0, -1)
  let shown = lines.slice(-SHOWN).map((line) => paper.parse(JSON.parse(line)))
  let count = lines.length
  let length = Buffer.byteLength(whole)
  return {
    papers: () => shown,
    append: (added) => {
      const made = { number: count + 1, ...added }
      const line = `${JSON.stringify(made)}\n`
      // What is beyond the whole lines a full disk has cut short: that paper never came out.
      truncateSync(path, length)
      const file = openSync(path, 'a', 0o600)
      try {
        appendFileSync(file, line)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
      count += 1
      length += Buffer.byteLength(line)
      shown = [...shown, made].slice(-SHOWN)
      printed(made)
    },
  }
}
