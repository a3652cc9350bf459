import { copyFileSync, existsSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { parseJson } from '#core/api/json.ts'
import { type BackupFault, backupFaults } from '#core/api/register-backup.ts'
import type { Moment } from '#core/time.ts'
import { moveFile, readWhole, syncFile, writeWhole } from '#services/runtime/durable-file.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { brokenAct } from '../memory/acts.ts'
import { brokenLine } from '../memory/journal.ts'
import { REGISTER_SCHEMA } from '../memory/store.ts'

/** Where a copy ends, the last line of either chain, and how each began: whose it is. */
export type CopyEnd = {
  seq: number
  hash: string
  acts: number
  at: Moment
  first: string
  firstAct: string
}
export type Proved = { fault: BackupFault } | { fault: null; end: CopyEnd }

/** What a thread is to do: copy the memory, carry a copy on, or look at one that lies there. */
export type CopyWork = { path: string; at: Moment } & (
  | { do: 'copy'; source: string }
  | { do: 'carry'; source: string }
  | { do: 'prove' }
)

const ALL_PAGES = 2 ** 31 - 1
const DRAFT = 'draft.sqlite'

/**
 * Does it. A copy has its name once it is whole, on the disk and proved, and not before: who is
 * killed leaves a draft, which the next copy begins by removing.
 */
export async function carryOutCopy(work: CopyWork): Promise<Proved> {
  try {
    if (work.do === 'prove') return keepProof(work, proveCopy(work.path))
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
      if (proved.fault === null) {
        // Before the copy has its name: no copy is ever seen without its proof.
        writeProof(work, statSync(draft).size, proved)
        moveFile(draft, work.path)
      }
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
    copy.exec('pragma synchronous = full; pragma journal_mode = delete; pragma secure_delete = on')
    forgetLetters(copy)
  } finally {
    copy.close()
  }
}

/**
 * An address of a customer's stays where it serves (N13): no copy carries one away, and a memory
 * that returns to a copy sends nothing that has been sent since.
 */
function forgetLetters(copy: Sqlite): void {
  const has = copy.prepare(`select 1 from sqlite_schema where name = 'receipt_letter'`).get()
  if (has)
    copy.exec(`update receipt_letter set email = null, next_at = null,
    state = 'given-up' where email is not null`)
}

const proof = z.object({
  at: z.int(),
  /** Of the file that was checked: another file under its name has no proof. */
  bytes: z.int(),
  fault: z.enum(backupFaults).nullable(),
  until: z.int(),
  first: z.string(),
  firstAct: z.string(),
})
export type CopyProof = z.output<typeof proof>

/** Beside the copy, where it stays when the copy goes elsewhere: there it is checked anew. */
const proofOf = (path: string): string => path.replace(/\.sqlite$/, '.json')

function writeProof({ path, at }: CopyWork, bytes: number, proved: Proved): void {
  const { first, firstAct, at: until } = proved.fault === null ? proved.end : NOWHERE
  const found: CopyProof = { at, bytes, fault: proved.fault, until, first, firstAct }
  writeWhole(proofOf(path), JSON.stringify(found))
}

/** A stick that nobody may write to keeps no proof: what was found counts all the same. */
function keepProof(work: CopyWork, proved: Proved): Proved {
  looking(() => writeProof(work, statSync(work.path).size, proved), undefined)
  return proved
}

const NOWHERE: CopyEnd = { seq: 0, hash: '', acts: 0, at: 0, first: '', firstAct: '' }

/** Opens a copy as it lies there and looks at every page and at both chains. */
export function proveCopy(path: string): Proved {
  let db: Sqlite | null = null
  try {
    db = new DatabaseSync(path, { readOnly: true })
    const [checked] = db.prepare('pragma integrity_check(1)').all()
    if (checked?.integrity_check !== 'ok') return { fault: 'damaged' }
    if (isNewer(db)) return { fault: 'newer' }
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

/** A later version made it: this one does not know all that stands in it. */
function isNewer(db: Sqlite): boolean {
  const known = new Set(readdirSync(REGISTER_SCHEMA))
  const names = db.prepare('select name from migration').all()
  return names.some(({ name }) => !known.has(String(name)))
}

/** Looks into a copy that stood its check; null: it is not there any more. */
export function lookInto<T>(path: string, look: (copy: Sqlite) => T): T | null {
  return looking(() => {
    const copy = new DatabaseSync(path, { readOnly: true })
    try {
      return look(copy)
    } finally {
      copy.close()
    }
  }, null)
}

/** Where a memory ends at the moment. */
export function endOf(db: Sqlite): CopyEnd {
  const first = db.prepare('select hash from journal where seq = 1').get()
  const firstAct = db.prepare('select hash from act where seq = 1').get()
  const line = db.prepare('select seq, at, hash from journal order by seq desc limit 1').get()
  const act = db.prepare('select seq, at from act order by seq desc limit 1').get()
  return {
    seq: Number(line?.seq ?? 0),
    hash: String(line?.hash ?? ''),
    acts: Number(act?.seq ?? 0),
    at: Math.max(Number(line?.at ?? 0), Number(act?.at ?? 0)),
    first: String(first?.hash ?? ''),
    firstAct: String(firstAct?.hash ?? ''),
  }
}

/** Two memories are one till's where either chain begins alike. */
export const areOfOne = (one: Begin, other: Begin): boolean =>
  (one.first !== '' && one.first === other.first) ||
  (one.firstAct !== '' && one.firstAct === other.firstAct)
type Begin = Pick<CopyEnd, 'first' | 'firstAct'>

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

/** Of a file or folder, whatever paths, links and mounts lead to it. */
const placeOf = (path: string): string => {
  const { dev, ino } = statSync(path)
  return `${dev} ${ino}`
}

/** Whether a folder is another one, or stands anywhere in it, under whatever name. */
export function isInside(path: string, folder: string): boolean {
  const places = (): Set<string> => {
    const below = readdirSync(folder, { recursive: true, withFileTypes: true })
    const folders = below.filter((each) => each.isDirectory())
    return new Set(
      [folder, ...folders.map((each) => join(each.parentPath, each.name))].map(placeOf),
    )
  }
  const own = looking(places, new Set<string>())
  for (let at = looking(() => realpathSync(path), path); ; at = dirname(at)) {
    if (own.has(looking(() => placeOf(at), ''))) return true
    if (dirname(at) === at) return false
  }
}

type Found = { name: string; at: Moment; bytes: number; proof: CopyProof | null }

/** The copies that a folder has, the newest first, each with what its last check found. */
export const copiesIn = (folder: string): Found[] =>
  looking(
    () =>
      readdirSync(folder)
        .flatMap((name) => {
          const at = /^register-(\d{1,16})\.sqlite$/.exec(name)?.[1]
          if (at === undefined) return []
          const path = join(folder, name)
          const bytes = statSync(path).size
          return [{ name, at: Number(at), bytes, proof: readProof(path, bytes) }]
        })
        .sort((a, b) => b.at - a.at),
    [],
  )

function readProof(path: string, bytes: number): CopyProof | null {
  const read = proof.safeParse(parseJson(readWhole(proofOf(path)) ?? ''))
  return read.success && read.data.bytes === bytes ? read.data : null
}

/** Removes a copy and what is known of it. */
export function removeCopy(path: string): void {
  for (const each of [path, proofOf(path)]) rmSync(each, { force: true })
}
