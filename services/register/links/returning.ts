import { chmodSync, existsSync, linkSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseJson } from '#core/api/json.ts'
import { type BackupReturn, backupReturn } from '#core/api/register-backup.ts'
import { assert } from '#core/assert.ts'
import {
  makeFolder,
  moveFile,
  readWhole,
  syncFolder,
  writeWhole,
} from '#services/runtime/durable-file.ts'
import type { Log } from '#services/runtime/log.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { lossBetween } from '../memory/loss.ts'
import { lookInto, removeCopy } from './copying.ts'

// A return to a copy (K5). The copy is brought beside the memory first, so that nothing hangs on
// a stick; then the wish is on disk; then the register ends, and whoever starts carries it out.

/** The files of a return, by the path of the memory. */
export const returnFiles = (memory: string) => ({
  /** The copy, brought beside the memory. */
  arrived: join(dirname(memory), 'arrived.sqlite'),
  /** What somebody wants, until it is done and told in the journal of acts. */
  wish: join(dirname(memory), 'return.json'),
  /** What became of it, until somebody has read it. */
  told: join(dirname(memory), 'returned.json'),
})

export const nameOfCopy = (at: number): string => `register-${at}.sqlite`
export const folderOfCopies = (memory: string): string => join(dirname(memory), 'backups')

/** A return as it stands in a file; null: there is none that can be read. */
export function readReturn(path: string): BackupReturn | null {
  const read = backupReturn.safeParse(parseJson(readWhole(path) ?? ''))
  return read.success ? read.data : null
}

/** The wish on disk: from here on the next start carries it out. */
export function wishReturn(memory: string, { at, by, name }: Omit<BackupReturn, 'kept' | 'loss'>) {
  const wish: BackupReturn = { at, by, name, kept: null, loss: null }
  writeWhole(returnFiles(memory).wish, JSON.stringify(wish))
}

/**
 * Puts the wished copy in the memory's place, while nobody has it open; what was there stays among
 * the copies. Cut short anywhere it leaves the old memory or the new one, whole, and the next call
 * goes on. What cannot be done is given up, and told: the old memory stays.
 */
export function carryOutReturn(memory: string, log: Log): void {
  const { arrived, wish: file, told } = returnFiles(memory)
  const wish = readReturn(file)
  const isThere = existsSync(arrived)
  // Behind the exchange: what is left to do is to tell of it.
  if (wish?.kept && !isThere) return
  const fault = wish && isThere ? exchange(memory, wish) : 'no copy'
  if (fault === null) return
  if (existsSync(file)) log.error('return to a copy', { fault })
  if (wish) writeWhole(told, JSON.stringify(Object.assign({}, wish, { kept: null, loss: null })))
  rmSync(file, { force: true })
  removeCopy(arrived)
  syncFolder(dirname(memory))
}

/** Why it could not be done; null: the copy is in its place. */
function exchange(memory: string, wish: BackupReturn): string | null {
  const { arrived, wish: file } = returnFiles(memory)
  const kept = join(folderOfCopies(memory), nameOfCopy(wish.at))
  try {
    // A stick's files are open to all.
    chmodSync(arrived, 0o600)
    const loss = endLog(memory, (db) => lookInto(arrived, (copy) => lossBetween(db, copy)))
    assert(loss !== null, 'the copy is another till’s')
    makeFolder(dirname(kept))
    // By a second name: at no moment is there no memory.
    if (!existsSync(kept)) linkSync(memory, kept)
    syncFolder(dirname(kept))
    // Afterwards nobody could count any more what was lost.
    writeWhole(file, JSON.stringify(Object.assign({}, wish, { kept: nameOfCopy(wish.at), loss })))
    moveFile(arrived, memory)
    removeCopy(arrived)
    return null
  } catch (error) {
    if (!existsSync(arrived)) return null
    rmSync(kept, { force: true })
    return String(error)
  }
}

/** Brings all that the log holds into the memory itself and takes the log away: one file. */
function endLog<T>(memory: string, look: (db: Sqlite) => T): T {
  const db = new DatabaseSync(memory)
  try {
    db.exec('pragma synchronous = full')
    const ended = db.prepare('pragma journal_mode = delete').get()
    assert(ended?.journal_mode === 'delete', 'somebody has the memory open')
    return look(db)
  } finally {
    db.close()
  }
}
