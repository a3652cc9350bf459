import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statfsSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Entry, Found } from './disk-model.ts'

/** All that a folder holds; the folder itself is '', and folders stand before what is in them. */
export function readFolder(root: string, path = ''): Entry[] {
  const full = join(root, path)
  const found = lstatSync(full)
  if (found.isSymbolicLink()) {
    return [{ path, inode: found.ino, bytes: null, target: readlinkSync(full) }]
  }
  if (!found.isDirectory()) return [{ path, inode: found.ino, bytes: readFileSync(full) }]
  const inside = readdirSync(full).flatMap((name) => readFolder(root, join(path, name)))
  return [{ path, inode: found.ino, bytes: null }, ...inside]
}

/** Lays down a folder as it was found. */
export function writeFolder(root: string, found: ReadonlyMap<string, Found>): void {
  for (const [path, { bytes, target }] of found) {
    if (target !== undefined) symlinkSync(target, join(root, path))
    else if (bytes) writeFileSync(join(root, path), bytes, { mode: 0o600 })
    else mkdirSync(join(root, path), { recursive: true, mode: 0o700 })
  }
}

/** The first thing in which a folder is not what was expected; null: it is the same. */
export function firstDifference(root: string, expected: ReadonlyMap<string, Found>): string | null {
  const there = new Map(readFolder(root).map((entry) => [entry.path, entry]))
  for (const path of there.keys()) if (!expected.has(path)) return `${path} was not expected`
  for (const [path, { bytes, isMapped, target }] of expected) {
    const entry = there.get(path)
    if (entry === undefined) return `${path} is not there`
    if (entry.target !== target) return `${path} leads to ${entry.target}, expected ${target}`
    if (isMapped) continue
    const found = entry.bytes
    const isSame = bytes && found ? Buffer.compare(bytes, found) === 0 : bytes === found
    if (!isSame) return `${path} is another (${found?.length}, expected ${bytes?.length} bytes)`
  }
  return null
}

/**
 * A new folder, in memory where there is room: what a disk would make durable the model decides,
 * not the one that is written to.
 */
export function newFolder(): string {
  const place = hasRoom(MEMORY) ? MEMORY : tmpdir()
  const folder = realpathSync(mkdtempSync(join(place, 'zpos-powercut-')))
  made.add(folder)
  return folder
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  made.delete(folder)
}

const made = new Set<string>()
// Whoever is stopped half-way leaves no memory taken.
process.once('exit', () => made.forEach(removeFolder))

export function copied(folder: string): string {
  const copy = newFolder()
  cpSync(folder, copy, { recursive: true, verbatimSymlinks: true })
  return copy
}

const MEMORY = '/dev/shm'
const ROOM = 2 ** 30

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize > ROOM
  } catch {
    return false
  }
}
