import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Puts a whole file down or nothing of it, by itself readable by its owner alone. */
export function writeWhole(path: string, text: string, mode = 0o600): void {
  const draft = `${path}.new`
  if (!existsSync(dirname(path))) makeFolder(dirname(path))
  const file = openSync(draft, 'w', mode)
  try {
    writeFileSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  moveFile(draft, path)
}

/** The file's text; null when there is no such file. */
export const readWhole = (path: string): string | null =>
  existsSync(path) ? readFileSync(path, 'utf8') : null

/**
 * The text of a file that somebody else may have laid there; null when it is no plain file, or one
 * of more than `mostBytes`: a pipe or a device in its place is waited at for ever.
 */
export function readForeign(path: string, mostBytes: number): string | null {
  let file: number | null = null
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    if (!fstatSync(file).isFile()) return null
    const bytes = Buffer.alloc(Math.min(fstatSync(file).size, mostBytes + 1))
    const count = readSync(file, bytes, 0, bytes.length, 0)
    return count > mostBytes ? null : bytes.toString('utf8', 0, count)
  } catch {
    return null
  } finally {
    if (file !== null) closeSync(file)
  }
}

/**
 * Gives a file another name, durably; a power cut in between leaves at least one of the two.
 * A folder moves within the folder it is in alone.
 */
export function moveFile(from: string, to: string): void {
  if (dirname(from) === dirname(to)) {
    renameSync(from, to)
    syncFolder(dirname(to))
    return
  }
  // One folder may come to the disk without the other: a rename alone would leave it in neither.
  const draft = `${to}.new`
  rmSync(draft, { force: true })
  linkSync(from, draft)
  renameSync(draft, to)
  // Between two names of one file a rename does nothing: a move that a cut had left half done.
  rmSync(draft, { force: true })
  syncFolder(dirname(to))
  rmSync(from)
  syncFolder(dirname(from))
}

/**
 * Makes a folder for its owner alone, and those above it that are missing. Its name and the names
 * in it are durable then: who made them before may have been killed before syncing them.
 */
export function makeFolder(path: string): void {
  const folder = resolve(path)
  const made = mkdirSync(folder, { recursive: true, mode: 0o700 })
  const top = dirname(made === undefined ? folder : resolve(made))
  let each = folder
  syncFolder(each)
  while (each !== top) {
    each = dirname(each)
    syncFolder(each)
  }
}

/** Makes the content of a file durable, whoever wrote it; the file must be there. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Makes the names in a folder durable: what is made, renamed or removed lives there. */
export function syncFolder(path: string): void {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
