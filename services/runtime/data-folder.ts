import {
  chmodSync,
  existsSync,
  lstatSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { parseJson } from '#core/api/json.ts'
import { isoMinsk } from '#core/time.ts'
import { readWhole } from './durable-file.ts'
import { say } from './log.ts'

const holder = z.object({
  pid: z.int(),
  /** In a container the process is often number 1: the machine's name tells which one. */
  host: z.string(),
  /** When the lock was taken. */
  since: z.int(),
})
export type Holder = z.output<typeof holder>

/** A lock that is ours until `release` or the end of this process, or whose it is. */
export type Lock = { kind: 'ours'; release: () => void } | { kind: 'theirs'; by: Holder | null }

// What is not reachable is collected, and a collected database gives its lock away.
const held = new Set<DatabaseSync>()
const SQLITE_BUSY = 5

/**
 * Takes the lock in a file at `path`, made when missing. It is the system's own lock on that file
 * (decision 0018): it goes with the process, however that dies, and no file left behind holds it.
 */
export function takeLock(path: string): Lock {
  const db = new DatabaseSync(path, { timeout: 0 })
  try {
    // Nothing is ever written into it: a journal would only be a file more.
    db.exec('pragma journal_mode = memory; begin exclusive')
  } catch (error) {
    db.close()
    if (!isBusy(error)) throw error
    const by = holder.safeParse(parseJson(readWhole(tellerOf(path)) ?? '')).data
    return { kind: 'theirs', by: by ?? null }
  }
  held.add(db)
  const own: Holder = { pid: process.pid, host: hostname(), since: Date.now() }
  writeFileSync(`${tellerOf(path)}.new`, JSON.stringify(own), { mode: 0o600 })
  renameSync(`${tellerOf(path)}.new`, tellerOf(path))
  return {
    kind: 'ours',
    release: () => {
      // The lock's own file stays: who removed it might remove one that is taken meanwhile.
      rmSync(tellerOf(path), { force: true })
      held.delete(db)
      db.close()
    },
  }
}

/** Tells who has the lock. A file apart: closing the lock's own file would let the lock go. */
const tellerOf = (lock: string): string => `${lock}.json`

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY

/** What other users may not: anything. */
const PRIVATE = 0o077

/**
 * Makes a data folder this process's own and closes it to other users (R31): what this process
 * makes from here on only its user may read. Where another process has the folder, or it cannot be
 * closed, this one ends with code 2 and a sentence that says so. The lock's folder must exist.
 */
export function ownFolder(folder: string, lockPath = join(folder, 'lock')): void {
  process.umask(PRIVATE)
  const lock = takeLock(lockPath)
  if (lock.kind === 'theirs') refuse(occupied(folder, lock.by))
  for (const path of [lockPath, tellerOf(lockPath), folder]) closeToOthers(path)
}

/**
 * Closes a folder, or a file, and all that is in it to other users (0700, 0600), or ends the
 * process with code 2 and a sentence that says why it cannot. What is not there needs no closing.
 */
export function closeToOthers(path: string): void {
  try {
    if (existsSync(path)) close(realpathSync(path))
  } catch (error) {
    refuse(`${path} is open to other users and cannot be closed to them: ${error}`)
  }
}

/** Why a process does not start on a folder that another one works on. */
export const occupied = (folder: string, by: Holder | null): string =>
  by === null
    ? `another process is at work on ${folder}: end it first`
    : `process ${by.pid} (${by.host}) is at work on ${folder} since ${isoMinsk(by.since)}: ` +
      'end it first'

function refuse(why: string): never {
  say('error', `zPOS: ${why}`)
  process.exit(2)
}

function close(path: string): void {
  const entry = lstatSync(path, { throwIfNoEntry: false })
  if (!entry || entry.isSymbolicLink()) return
  // Whoever owns it opens it again at will.
  const user = process.geteuid?.()
  if (user !== undefined && entry.uid !== user) throw new Error(`${path} is of user ${entry.uid}`)
  if (entry.mode & PRIVATE) chmodSync(path, entry.isDirectory() ? 0o700 : 0o600)
  if (!entry.isDirectory()) return
  for (const name of readdirSync(path)) close(join(path, name))
}
