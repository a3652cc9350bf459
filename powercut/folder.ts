import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Entry, Found } from './disk-model.ts'

/** All that a folder holds; the folder itself is '', and folders stand before what is in them. */
export function readFolder(root: string, path = ''): Entry[] {
  const full = join(root, path)
  const found = statSync(full)
  if (!found.isDirectory()) return [{ path, inode: found.ino, bytes: readFileSync(full) }]
  const inside = readdirSync(full).flatMap((name) => readFolder(root, join(path, name)))
  return [{ path, inode: found.ino, bytes: null }, ...inside]
}

/** Lays down a folder as it was found. */
export function writeFolder(root: string, found: ReadonlyMap<string, Found>): void {
  for (const [path, { bytes }] of found) {
    if (bytes) writeFileSync(join(root, path), bytes, { mode: 0o600 })
    else mkdirSync(join(root, path), { recursive: true, mode: 0o700 })
  }
}

/** The first thing in which a folder is not what was expected; null: it is the same. */
export function firstDifference(root: string, expected: ReadonlyMap<string, Found>): string | null {
  const there = new Map(readFolder(root).map(({ path, bytes }) => [path, bytes]))
  for (const path of there.keys()) if (!expected.has(path)) return `${path} was not expected`
  for (const [path, { bytes, isMapped }] of expected) {
    const found = there.get(path)
    if (found === undefined) return `${path} is not there`
    if (isMapped) continue
    const isSame = bytes && found ? Buffer.compare(bytes, found) === 0 : bytes === found
    if (!isSame) return `${path} is another (${found?.length}, expected ${bytes?.length} bytes)`
  }
  return null
}
