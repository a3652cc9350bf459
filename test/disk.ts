import fs, { lstatSync, readdirSync, readlinkSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

/** Calls of node:fs that change what a disk holds, or make it durable. */
const CHANGING = [
  'copyFileSync',
  'fsyncSync',
  'linkSync',
  'mkdirSync',
  'renameSync',
  'rmSync',
  'writeFileSync',
] as const
type Call = (typeof CHANGING)[number]

/**
 * Has `before` called ahead of each call of node:fs that changes a disk, with the path that it is
 * about, until the test ends. The calls themselves are the real ones.
 */
export function watchDisk(t: TestContext, before: (call: Call, path: string) => void): void {
  const real = Object.fromEntries(CHANGING.map((call) => [call, fs[call]]))
  const put = (calls: Record<string, unknown>) => {
    Object.assign(fs, calls)
    syncBuiltinESMExports()
  }
  t.after(() => put(real))
  const watched = (call: Call) => {
    const carryOut = real[call] as (...given: unknown[]) => unknown
    return (...given: unknown[]): unknown => {
      before(call, pathOf(given[0]))
      return carryOut(...given)
    }
  }
  put(Object.fromEntries(CHANGING.map((call) => [call, watched(call)])))
}

/** Of a path or of an open file (Linux). */
const pathOf = (named: unknown): string =>
  typeof named === 'number' ? readlinkSync(`/proc/self/fd/${named}`) : String(named)

/** What in a folder, itself among it, other users may look at. */
export function openIn(folder: string): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return [folder, ...paths.map((path) => join(folder, path))].filter(
    (path) => ((lstatSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o077) !== 0,
  )
}
