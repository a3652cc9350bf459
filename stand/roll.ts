import { appendFileSync, closeSync, fsyncSync, openSync, readFileSync, truncateSync } from 'node:fs'
import { dirname } from 'node:path'
import type { z } from 'zod'
import { syncFile, syncFolder } from '#services/runtime/durable-file.ts'

// What the page and the tests can still see; the file keeps everything.
const SHOWN = 500

/** What came out of a machine of the stand, each piece counted from 1. */
export type Roll<T extends { number: number }> = {
  /** The newest, oldest first. */
  shown: () => readonly T[]
  /**
   * Returns once the piece is on disk: only then may a machine say that it came out. Throws where
   * the disk does not take it.
   */
  append: (piece: Omit<T, 'number'>) => void
}

/** A file of one JSON line for each piece, read back by its schema. */
export function openRoll<T extends { number: number }>(
  path: string,
  schema: z.ZodType<T>,
  added: (piece: T) => void,
): Roll<T> {
  closeSync(openSync(path, 'a', 0o600))
  // A stand killed before it synced a line left it unsynced: what is read back is durable first.
  syncFile(path)
  syncFolder(dirname(path))
  const text = readFileSync(path, 'utf8')
  // A line cut short by a kill was never told to anyone: the piece does not exist.
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  if (whole !== text) truncateSync(path, Buffer.byteLength(whole))
  const lines = whole.split('\n').slice(0, -1)
  let shown = lines.slice(-SHOWN).map((line) => schema.parse(JSON.parse(line)))
  let count = lines.length
  let length = Buffer.byteLength(whole)
  return {
    shown: () => shown,
    append: (piece) => {
      const made = schema.parse(Object.assign({ number: count + 1 }, piece))
      const line = `${JSON.stringify(made)}\n`
      // What is beyond the whole lines a full disk has cut short: that piece never came out.
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
      added(made)
    },
  }
}
