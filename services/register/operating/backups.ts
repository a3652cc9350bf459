import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { done, refused } from '#core/api/contract.ts'
import type {
  BackupCopy,
  BackupFault,
  BackupPlace,
  BackupsView,
} from '#core/api/register-backup.ts'
import { DAY, HOUR, MINUTE } from '#core/time.ts'
import { makeFolder } from '#services/runtime/durable-file.ts'
import type { Log } from '#services/runtime/log.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import {
  areApart,
  type CopyWork,
  copiesIn,
  endOf,
  isFolder,
  type Proved,
} from '../links/copying.ts'
import type { Acts } from '../memory/acts.ts'
import { lossSince } from '../memory/loss.ts'

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
  now: () => number
  log: Log
}

/**
 * Copies of the register's memory (K5): one a day by itself, in a quiet moment, and one whenever
 * somebody wants it; beside the memory and in a second folder. Of a memory that is no file none.
 */
export function openBackups({ db, acts, outer, isIdle, now, log }: Port) {
  const file = db.prepare(`select file from pragma_database_list where name = 'main'`).get()?.file
  const source = file ? String(file) : null
  const own = source === null ? null : join(dirname(source), 'backups')
  const faults: Record<BackupPlace, BackupFault | null> = { own: null, outer: null }
  let making: Promise<void> | null = null
  let failedAt: number | null = null
  const { inThread, end } = openThreads(log)
  const folderOf = (place: BackupPlace): string | null =>
    place === 'own' ? own : (outer()?.path ?? null)
  const isApart = (path: string): boolean => source !== null && areApart(path, dirname(source))
  const copiesAt = (place: BackupPlace): BackupCopy[] => {
    const folder = folderOf(place)
    return folder === null ? [] : copiesIn(folder).map((copy) => Object.assign({ place }, copy))
  }
  const copies = () => [...copiesAt('own'), ...copiesAt('outer')].sort((a, b) => b.at - a.at)
  const prune = (place: BackupPlace) => {
    const folder = folderOf(place)
    const old = copiesAt(place)
      .slice(LEAST_KEPT)
      .filter(({ at }) => at < now() - KEPT_MS)
    if (folder !== null) for (const { name } of old) rmSync(join(folder, name), { force: true })
  }
  const carry = async (name: string): Promise<BackupFault | null> => {
    const named = outer()
    if (named === null || own === null) return null
    // Without its stick a mount point is a folder of the system's own disk.
    if (!isFolder(named.path) || (named.isApart && !isApart(named.path))) return 'missing'
    const [from, to] = [join(own, name), join(named.path, name)]
    return (await inThread({ do: 'carry', source: from, path: to })).fault
  }
  const make = async (by: string | null): Promise<void> => {
    if (source === null || own === null) {
      faults.own = 'failed'
      return
    }
    makeFolder(own)
    const name = nameOf(now())
    faults.own = (await inThread({ do: 'copy', source, path: join(own, name) })).fault
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
    const since = copiesAt('own')[0]?.at ?? (first === null ? now() : Number(first))
    if (failedAt !== null && now() - failedAt < AGAIN_MS) return false
    if (failedAt !== null || now() - since >= OVERDUE_MS) return true
    return now() - since >= DUE_MS && isIdle() && now() - endOf(db).at >= QUIET_MS
  }
  const view = (): BackupsView => ({
    running: making !== null,
    copies: copies(),
    folder: outer()?.path ?? null,
    isApart: isApart(outer()?.path ?? '/'),
    faults: { own: faults.own, outer: faults.outer },
  })
  return {
    view,
    isApart,
    /** Begins one; `settled` is over when it is. */
    begin: (by: string): BackupsView => {
      void begin(by)
      return view()
    },
    settled: (): Promise<void> => making ?? Promise.resolve(),
    /** Makes one of what the memory holds at this moment; false: it could not be made. */
    madeNow: async (by: string | null): Promise<boolean> => {
      await making
      await begin(by)
      return faults.own === null
    },
    check: async ({ place, name }: { place: BackupPlace; name: string }) => {
      const folder = folderOf(place)
      const isThere = copiesAt(place).some((each) => each.name === name)
      if (folder === null || !isThere) return refused('backup.unknown')
      const proved = await inThread({ do: 'prove', path: join(folder, name) })
      if (proved.fault !== null) return done({ fault: proved.fault, loss: null })
      const loss = lossSince(db, proved.end)
      return loss ? done({ fault: null, loss }) : refused('backup.foreign')
    },
    /** Makes the day's copy when its moment has come; answers how long to rest. */
    step: async (): Promise<number> => {
      if (source !== null && making === null && isDue()) await begin(null)
      return LOOK_MS
    },
    stop: async (): Promise<void> => {
      await end()
      await making
    },
  }
}

export type Backups = ReturnType<typeof openBackups>

const nameOf = (at: number): string => `register-${at}.sqlite`

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
