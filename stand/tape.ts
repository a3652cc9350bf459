import { appendFileSync, closeSync, fsyncSync, openSync, readFileSync, truncateSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Paper, paper } from '#core/api/stand.ts'
import { syncFile, syncFolder } from '#services/runtime/durable-file.ts'

// What the page and the tests can still see; the file keeps every paper.
const SHOWN = 500

export type Tape = {
  papers: () => readonly Paper[]
  /** Returns once the paper is on disk: only then may a printer say that it came out. */
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
  return {
    papers: () => shown,
    append: (added) => {
      count += 1
      const made = { number: count, ...added }
      const file = openSync(path, 'a', 0o600)
      appendFileSync(file, `${JSON.stringify(made)}\n`)
      fsyncSync(file)
      closeSync(file)
      shown = [...shown, made].slice(-SHOWN)
      printed(made)
    },
  }
}
