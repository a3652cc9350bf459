import { copyFileSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import type { BackupFault } from '#core/api/register-backup.ts'
import type { Moment } from '#core/time.ts'
import { moveFile, syncFile } from '#services/runtime/durable-file.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { brokenAct } from '../memory/acts.ts'
import { brokenLine } from '../memory/journal.ts'

/** Where a copy ends: the last line of either chain. */
export type CopyEnd = { seq: number; hash: string; acts: number; at: Moment }
export type Proved = { fault: BackupFault } | { fault: null; end: CopyEnd }

/** What a thread is to do: copy the memory, carry a copy on, or look at one that lies there. */
export type CopyWork =
  | { do: 'copy'; source: string; path: string }
  | { do: 'carry'; source: string; path: string }
  | { do: 'prove'; path: string }

const ALL_PAGES = 2 ** 31 - 1
const DRAFT = 'draft.sqlite'

/**
 * Does it. A copy has its name once it is whole, on the disk and proved, and not before: who is
 * killed leaves a draft, which the next copy begins by removing.
 */
export async function carryOutCopy(work: CopyWork): Promise<Proved> {
  try {
    if (work.do === 'prove') return proveCopy(work.path)
    const folder = dirname(work.path)
    // A mount point that is not there is never made: it would be a folder of the system's disk.
    if (!existsSync(folder)) return { fault: 'missing' }
    const draft = join(folder, DRAFT)
    clear(draft)
    try {
      if (work.do === 'copy') await copyMemory(work.source, draft)
      else copyFileSync(work.source, draft)
      syncFile(draft)
      const proved = proveCopy(draft)
      if (proved.fault === null) moveFile(draft, work.path)
      return proved
    } finally {
      clear(draft)
    }
  } catch (error) {
    return { fault: faultOf(error) }
  }
}

const clear = (draft: string): void => {
  for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${draft}${end}`, { force: true })
}

async function copyMemory(source: string, draft: string): Promise<void> {
  const from = new DatabaseSync(source, { readOnly: true })
  try {
    // All pages in one step: a copy in steps would begin anew at each commit of the register.
    await backup(from, draft, { rate: ALL_PAGES })
  } finally {
    from.close()
  }
  const copy = new DatabaseSync(draft)
  try {
    // One file, whole by itself, wherever it is carried.
    copy.exec('pragma synchronous = full; pragma journal_mode = delete')
  } finally {
    copy.close()
  }
}

/** Opens a copy as it lies there and looks at every page and at both chains. */
export function proveCopy(path: string): Proved {
  let db: Sqlite | null = null
  try {
    db = new DatabaseSync(path, { readOnly: true })
    const [checked] = db.prepare('pragma integrity_check(1)').all()
    if (checked?.integrity_check !== 'ok') return { fault: 'damaged' }
    if (brokenLine(db) !== null) return { fault: 'journal' }
    if (brokenAct(db) !== null) return { fault: 'acts' }
    return { fault: null, end: endOf(db) }
  } catch (error) {
    const fault = faultOf(error)
    return { fault: fault === 'failed' ? 'damaged' : fault }
  } finally {
    db?.close()
  }
}

/** Where a memory ends at the moment. */
export function endOf(db: Sqlite): CopyEnd {
  const line = db.prepare('select seq, at, hash from journal order by seq desc limit 1').get()
  const act = db.prepare('select seq, at from act order by seq desc limit 1').get()
  return {
    seq: Number(line?.seq ?? 0),
    hash: String(line?.hash ?? ''),
    acts: Number(act?.seq ?? 0),
    at: Math.max(Number(line?.at ?? 0), Number(act?.at ?? 0)),
  }
}

const SQLITE_FULL = 13
const byCode: Readonly<Record<string, BackupFault>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  ENOENT: 'missing',
  ENODEV: 'missing',
  EIO: 'missing',
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'denied',
}

function faultOf(error: unknown): BackupFault {
  const { code = '', errcode } = error as { code?: string; errcode?: number }
  if (errcode === SQLITE_FULL) return 'full'
  return byCode[code] ?? 'failed'
}

/** A stick that was pulled out may fail at any look: then it is as if it were not there. */
const looking = <T>(look: () => T, otherwise: T): T => {
  try {
    return look()
  } catch {
    return otherwise
  }
}

export const isFolder = (path: string): boolean =>
  looking(() => statSync(path).isDirectory(), false)

/** Whether two paths lie on different disks, as far as both are there. */
export const areApart = (one: string, other: string): boolean =>
  looking(() => statSync(one).dev !== statSync(other).dev, false)

/** The copies that a folder has, the newest first: name, when, bytes. */
export const copiesIn = (folder: string): { name: string; at: Moment; bytes: number }[] =>
  looking(
    () =>
      readdirSync(folder)
        .flatMap((name) => {
          const at = /^register-(\d{1,16})\.sqlite$/.exec(name)?.[1]
          if (at === undefined) return []
          return [{ name, at: Number(at), bytes: statSync(join(folder, name)).size }]
        })
        .sort((a, b) => b.at - a.at),
    [],
  )
