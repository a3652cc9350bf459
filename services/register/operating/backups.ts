import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { done, refused } from '#core/api/contract.ts'
import type {
  BackupCopy,
  BackupFault,
  BackupLoss,
  BackupPlace,
  BackupsView,
} from '#core/api/register-backup.ts'
import type { ShopActChange } from '#core/register/act.ts'
import { DAY, HOUR, MINUTE } from '#core/time.ts'
import { makeFolder, moveFile } from '#services/runtime/durable-file.ts'
import type { Log } from '#services/runtime/log.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import {
  areApart,
  areOfOne,
  type CopyWork,
  copiesIn,
  endOf,
  isFolder,
  isInside,
  lookInto,
  type Proved,
  removeCopy,
} from '../links/copying.ts'
import {
  folderOfCopies,
  nameOfCopy,
  readReturn,
  returnFiles,
  wishReturn,
} from '../links/returning.ts'
import type { Acts } from '../memory/acts.ts'
import { lossBetween } from '../memory/loss.ts'

/** The oldest copies beyond these go, each in its place. */
const KEPT_MS = 14 * DAY
const LEAST_KEPT = 3
/** A day's copy waits so long for a quiet moment, and then no longer. */
const DUE_MS = 20 * HOUR
const OVERDUE_MS = 24 * HOUR
const QUIET_MS = 10 * MINUTE
const LOOK_MS = MINUTE
/** After one that could not be made. */
const AGAIN_MS = HOUR

type Port = {
  db: Sqlite
  acts: Acts
  /** The second folder, and whether it lay on another disk when it was named. */
  outer: () => { path: string; isApart: boolean } | null
  /** Nothing is under way. */
  isIdle: () => boolean
  isShiftOpen: () => boolean
  /** The register ends and begins anew, and a wished return is carried out in between. */
  restart: () => void
  now: () => number
  log: Log
}

/**
 * Copies of the register's memory (K5): one a day by itself, in a quiet moment, and one whenever
 * somebody wants it; beside the memory and in a second folder. Of a memory that is no file none.
 */
export function openBackups(port: Port) {
  const { db, acts, outer, isIdle, now, log } = port
  const file = db.prepare(`select file from pragma_database_list where name = 'main'`).get()?.file
  const source = file ? String(file) : null
  if (source !== null) tellReturn(source, { db, acts })
  const { inThread, end } = openThreads(log)
  const places = openPlaces(port, source)
  const { isApart, isOwn, copies, pathOf } = places
  const making = openMaking(port, { source, places, inThread })
  const { check, returnTo } = openReturning(port, { source, places, inThread })
  const view = (): BackupsView => ({
    running: making.isRunning(),
    copies: copies(),
    folder: outer()?.path ?? null,
    isApart: isApart(outer()?.path ?? '/'),
    faults: making.faults(),
    returned: source === null ? null : readReturn(returnFiles(source).told),
  })
  const looked = new Set<string>()
  /** Looks at one that nobody has looked at: it was brought, or kept by a return. */
  const proveOne = async (): Promise<void> => {
    const unproved = copies().find(({ name, proof }) => proof === null && !looked.has(name))
    const path = unproved ? pathOf(unproved) : null
    if (!unproved || path === null) return
    // Where its proof cannot be kept, it is not read again and again.
    looked.add(unproved.name)
    await inThread({ do: 'prove', at: now(), path })
  }
  return {
    view,
    isApart,
    isOwn,
    /** Begins one; `settled` is over when it is. */
    begin: (by: string): BackupsView => {
      void making.begin(by)
      return view()
    },
    settled: making.settled,
    /** Makes one of what the memory holds at this moment; false: it could not be made. */
    madeNow: async (by: string | null): Promise<boolean> => {
      await making.settled()
      await making.begin(by)
      return making.faults().own === null
    },
    check,
    returnTo,
    /** Somebody has read what the last return lost. */
    read: (): BackupsView => {
      if (source !== null) rmSync(returnFiles(source).told, { force: true })
      return view()
    },
    /** Makes the day's copy when its moment has come; answers how long to rest. */
    step: async (): Promise<number> => {
      if (source !== null && !making.isRunning() && making.isDue()) await making.begin(null)
      else if (!making.isRunning() && isIdle()) await proveOne()
      return LOOK_MS
    },
    stop: async (): Promise<void> => {
      await end()
      await making.settled()
    },
  }
}

export type Backups = ReturnType<typeof openBackups>

type Named = { place: BackupPlace; name: string }
type Told = Pick<BackupLoss, 'operations' | 'goods'>

/** Why there is no return now; null: nothing is against it. */
function whyNot({ isIdle, isShiftOpen }: Port, loss: BackupLoss | null, told: Told) {
  if (loss === null) return refused('backup.foreign')
  if (!isIdle()) return refused('backup.busy')
  if (isShiftOpen()) return refused('backup.shift-open')
  const isMore = loss.operations > told.operations || loss.goods > told.goods
  return isMore ? refused('backup.outdated') : null
}

/** The first start over a copy writes who has returned to it, and what that lost: once. */
function tellReturn(source: string, { db, acts }: Pick<Port, 'db' | 'acts'>): void {
  const files = returnFiles(source)
  const wish = readReturn(files.wish)
  if (!wish?.kept) return
  const { by, name, kept, loss } = wish
  const known = db.prepare(
    `select 1 from act where what = 'backup-returned' and instr(body, ?) > 0 limit 1`,
  )
  if (known.get(kept) === undefined) {
    const changes: ShopActChange[] = [
      { field: 'memory', from: kept, to: name },
      { field: 'lostOperations', from: null, to: loss?.operations ?? 0 },
    ]
    acts.record({ person: by, what: 'backup-returned', facts: { changes } })
  }
  moveFile(files.wish, files.told)
}

type Parts = {
  /** The memory's own file; null: it is none. */
  source: string | null
  places: ReturnType<typeof openPlaces>
  inThread: (work: CopyWork) => Promise<Proved>
}

/** Makes copies, one at a time. */
function openMaking(port: Port, { source, places, inThread }: Parts) {
  const { db, acts, outer, isIdle, now, log } = port
  const { isApart, isOwn, copiesAt, prune } = places
  const own = source === null ? null : folderOfCopies(source)
  const faults: Record<BackupPlace, BackupFault | null> = { own: null, outer: null }
  let making: Promise<void> | null = null
  let failedAt: number | null = null
  const carry = async (name: string): Promise<BackupFault | null> => {
    const named = outer()
    if (named === null || own === null) return null
    // Without its stick a mount point is a folder of the system's own disk.
    if (!isFolder(named.path) || (named.isApart && !isApart(named.path))) return 'missing'
    // What stood for a stick leads into the own folder by now: that is no second copy.
    if (isOwn(named.path)) return 'missing'
    const [from, to] = [join(own, name), join(named.path, name)]
    return (await inThread({ do: 'carry', at: now(), source: from, path: to })).fault
  }
  const make = async (by: string | null): Promise<void> => {
    if (source === null || own === null) {
      faults.own = 'failed'
      return
    }
    makeFolder(own)
    const name = nameOfCopy(now())
    faults.own = (await inThread({ do: 'copy', at: now(), source, path: join(own, name) })).fault
    faults.outer = faults.own === null ? await carry(name) : null
    const fault = faults.own ?? faults.outer
    failedAt = fault === null ? null : now()
    if (faults.own === null) prune('own')
    if (faults.own === null && faults.outer === null) prune('outer')
    if (fault) log.error('copy of the memory', { fault })
    acts.record({ person: by, what: fault ? 'backup-failed' : 'backup-made', facts: {} })
  }
  const begin = (by: string | null): Promise<void> => {
    making ??= make(by)
      .catch((error: unknown) => log.error('copy of the memory', { error: String(error) }))
      .finally(() => {
        making = null
      })
    return making
  }
  const isDue = (): boolean => {
    const first = db.prepare('select min(at) at from journal').get()?.at
    // What is dated ahead was made before the clock was put back: the day's copy is due without it.
    const last = copiesAt('own').find(({ at }) => at <= now())?.at
    const since = last ?? (first === null ? now() : Number(first))
    if (failedAt !== null && Math.abs(now() - failedAt) < AGAIN_MS) return false
    if (failedAt !== null || now() - since >= OVERDUE_MS || since > now()) return true
    return now() - since >= DUE_MS && isIdle() && now() - endOf(db).at >= QUIET_MS
  }
  return {
    begin,
    isDue,
    isRunning: (): boolean => making !== null,
    settled: (): Promise<void> => making ?? Promise.resolve(),
    faults: () => ({ own: faults.own, outer: faults.outer }),
  }
}

/** Checks a copy, and returns to it. */
function openReturning(port: Port, { source, places: { pathOf }, inThread }: Parts) {
  const { db, now } = port
  // From one question to its refusal, or to the register's end.
  let isReturning = false
  const lossBy = (path: string): BackupLoss | null =>
    lookInto(path, (copy) => lossBetween(db, copy))
  const check = async (named: Named) => {
    const path = pathOf(named)
    if (path === null) return refused('backup.unknown')
    const proved = await inThread({ do: 'prove', at: now(), path })
    if (proved.fault !== null) return done({ fault: proved.fault, loss: null })
    const loss = lossBy(path)
    return loss ? done({ fault: null, loss }) : refused('backup.foreign')
  }
  /** `told`: what whoever wants it was told that it loses. */
  const returnTo = async (named: Named, told: Told, by: string) => {
    const path = pathOf(named)
    if (path === null || source === null) return refused('backup.unknown')
    const { arrived } = returnFiles(source)
    if (isReturning) return refused('backup.busy')
    isReturning = true
    removeCopy(arrived)
    const brought = await inThread({ do: 'carry', at: now(), source: path, path: arrived })
    const refusal = brought.fault
      ? refused('backup.broken', { fault: brought.fault })
      : whyNot(port, lossBy(arrived), told)
    if (refusal) {
      removeCopy(arrived)
      isReturning = false
      return refusal
    }
    // From here to the register's end nothing of the memory is waited for.
    wishReturn(source, { at: now(), by, name: named.name })
    port.restart()
    return done({})
  }
  return { check, returnTo }
}

/** Where copies lie, and what lies there. */
function openPlaces({ db, outer, now }: Port, source: string | null) {
  const own = source === null ? null : folderOfCopies(source)
  const folderOf = (place: BackupPlace): string | null =>
    place === 'own' ? own : (outer()?.path ?? null)
  const isApart = (path: string): boolean => source !== null && areApart(path, dirname(source))
  const isOwn = (path: string): boolean => source !== null && isInside(path, dirname(source))
  const copiesAt = (place: BackupPlace): BackupCopy[] => {
    const folder = folderOf(place)
    const begin = endOf(db)
    return (folder === null ? [] : copiesIn(folder)).map(({ name, at, bytes, proof }) => {
      if (proof === null) return { name, place, at, bytes, proof }
      const { fault, until } = proof
      const isForeign = fault === null && !areOfOne(proof, begin)
      return { name, place, at, bytes, proof: { at: proof.at, fault, until, isForeign } }
    })
  }
  const copies = () => [...copiesAt('own'), ...copiesAt('outer')].sort((a, b) => b.at - a.at)
  const prune = (place: BackupPlace) => {
    const folder = folderOf(place)
    const old = copiesAt(place)
      .slice(LEAST_KEPT)
      .filter(({ at }) => at < now() - KEPT_MS)
    if (folder !== null) for (const { name } of old) removeCopy(join(folder, name))
  }
  const pathOf = ({ place, name }: Named): string | null => {
    const folder = folderOf(place)
    const isThere = copiesAt(place).some((each) => each.name === name)
    return folder !== null && isThere ? join(folder, name) : null
  }
  return { isApart, isOwn, copiesAt, copies, pathOf, prune }
}

/** Threads of copies; `end` breaks them off: what they leave is a draft. */
function openThreads(log: Log) {
  const workers = new Set<Worker>()
  const inThread = (work: CopyWork): Promise<Proved> =>
    new Promise((resolve) => {
      const worker = new Worker(new URL('../links/copy-worker.ts', import.meta.url), {
        workerData: work,
      })
      workers.add(worker)
      worker.on('message', resolve)
      worker.on('error', (error) => {
        log.error('copy of the memory', { error: String(error) })
        resolve({ fault: 'failed' })
      })
      worker.on('exit', () => {
        workers.delete(worker)
        resolve({ fault: 'failed' })
      })
    })
  const end = () => Promise.all([...workers].map((worker) => worker.terminate()))
  return { inThread, end }
}
