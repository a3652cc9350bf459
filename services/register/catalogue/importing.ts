import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ReadableStream } from 'node:stream/web'
import { Worker } from 'node:worker_threads'
import { done, invalid, refused } from '#core/api/contract.ts'
import type { ChangedRow, FaultyRow, ImportCounts, ImportView } from '#core/api/register-import.ts'
import { assert } from '#core/assert.ts'
import type { Unsaid } from '#core/goods/comparing.ts'
import type { FileColumns } from '#core/goods/file-columns.ts'
import { makeFolder } from '#services/runtime/durable-file.ts'
import { type Sqlite, tx } from '#services/runtime/sqlite.ts'
import { tableBounds } from '#services/runtime/table-fault.ts'
import { openUploads, UPLOAD_WAIT_MS } from '#services/runtime/upload.ts'
import { type ImportMemory, openImportMemory } from './import-memory.ts'
import { type PlannedGoods, type ReadingNews, type ReadingWork, stampOf } from './import-plan.ts'
import type { Stock } from './stock.ts'

type Ports = {
  db: Sqlite
  stock: Stock
  now: () => number
  /** Milliseconds that only go forward. */
  elapsed: () => number
  /** Lets whoever sells go first. */
  giveWay: () => Promise<void>
  /** There is something to write. */
  wake: () => void
}

/** What is known of a file since it came; lost with the process, as the file is. */
type Reading = {
  id: string
  file: string
  path: string
  state: 'stored' | 'reading' | 'failed' | 'read'
  failed: ImportView['failed']
  heads: string[]
  columns: FileColumns
  isHeadless: boolean
  unsaid: Unsaid | null
  counts: ImportCounts
  /** Of the catalogue that it was compared with. */
  stamp: string
  parts: Uint8Array[]
  faults: Uint8Array[]
  changes: Uint8Array[]
  worker: Worker | null
  ended: Promise<void>
}

/** Files that are kept at a time, of all people. */
const MOST_FILES = 3
/** Files that come at once, of all people: beside those that are kept. */
const MOST_COMING = 2
/** Parts of a plan that are put down in one transaction: some milliseconds. */
const PUT_TOGETHER = 80
/** What is written in one transaction takes about as long: a sale that comes meanwhile waits. */
const WRITES_MS = 8
const IDLE_MS = 3_600_000
/** A file that needs more is beyond the bounds in some way of its own. */
const limits = { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 32 }

const NOTHING: ImportCounts = { new: 0, changed: 0, same: 0, bad: 0 }

/**
 * Imports of goods (K2): a file is read in a thread of its own, shown, and carried out whole in
 * short transactions between which the till sells. What was confirmed is on disk before the first
 * of them, and goes on to its end after a kill.
 */
export function openImporting(ports: Ports) {
  const { db, now, giveWay } = ports
  const readings = new Map<string, Reading>()
  const memory = openImportMemory(db)
  memory.forgetUnapplied()
  const folder = folderOf(db)
  const uploads = openUploads(MOST_COMING)
  if (folder) rmSync(folder, { recursive: true, force: true })
  /** What is being put down, until it is on disk whole. */
  let confirming: string | null = null
  let isStuck = false
  const forget = (reading: Reading): void => {
    void reading.worker?.terminate()
    rmSync(reading.path, { force: true })
    readings.delete(reading.id)
  }
  const { viewed, rows } = viewsOf({ readings, memory, isStuck: () => isStuck })
  const confirm = async (reading: Reading, person: string) => {
    const { id, file, parts, counts } = reading
    memory.begin({ id, file, person, counts, parts: parts.length, at: now() })
    for (let at = 0; at < parts.length; at += PUT_TOGETHER) {
      await giveWay()
      memory.put(id, at, parts.slice(at, at + PUT_TOGETHER))
    }
    // Whoever keeps the goods was let in as often as this gave way.
    if (stampOf(db) !== reading.stamp) return letGo(memory)
    memory.applied(id, now())
    forget(reading)
    ports.wake()
    return viewed(id)
  }
  return {
    view: viewed,
    faults: (id: string, after: number | undefined) => rows<FaultyRow>('faults', id, after),
    changes: (id: string, after: number | undefined) => rows<ChangedRow>('changes', id, after),
    /** Takes a file as it comes. */
    upload: async (file: string, body: ReadableStream<Uint8Array>) => {
      assert(folder !== null, 'the catalogue is in a file')
      const stored = await storeFile({ folder, file, uploads }, body)
      if (stored.kind !== 'done') return stored
      const kept = [...readings.values()].filter(({ state }) => state !== 'reading')
      for (const old of kept.slice(0, Math.max(0, readings.size + 1 - MOST_FILES))) forget(old)
      readings.set(stored.value.id, stored.value)
      return done({ id: stored.value.id })
    },
    /** Reads a file, anew if it was read before; what comes of it `view` tells. */
    read: (id: string, asked: Asked) => {
      const reading = readings.get(id)
      if (!reading) return memory.view(id) ? refused('import.running') : refused('import.unknown')
      const isReading = [...readings.values()].some(({ state }) => state === 'reading')
      if (isReading || confirming !== null || memory.open()) return refused('import.running')
      startReading(reading, asked, fileOf(db))
      return viewed(id)
    },
    /** Ends whatever reads a file and forgets it, once or again; not what was confirmed. */
    cancel: (id: string) => {
      const isConfirmed = confirming === id || memory.view(id)?.state === 'applying'
      if (isConfirmed) return refused('import.running')
      const reading = readings.get(id)
      if (reading) forget(reading)
      return done({})
    },
    /** Decides that it is carried out; `step` does it. */
    apply: async (id: string, person: string) => {
      const reading = readings.get(id)
      if (!reading) return viewed(id)
      if (confirming !== null || memory.open()) return refused('import.running')
      if (reading.state !== 'read') return refused('import.not-read')
      if (reading.counts.bad > 0) return refused('import.has-faults')
      if (stampOf(db) !== reading.stamp) return refused('import.stale')
      confirming = id
      return confirm(reading, person).finally(() => {
        confirming = null
      })
    },
    /** Writes some parts of what was decided; answers how long to rest. */
    step: async (): Promise<number> => {
      const open = memory.open()
      if (!open) return IDLE_MS
      await giveWay()
      isStuck = true
      tx(db, () => writeSome(ports, memory, open))
      isStuck = false
      return 0
    },
    /** No file is being read any more. */
    settled: async (): Promise<void> => {
      await Promise.all([...readings.values()].map(({ ended }) => ended))
    },
    stop: async (): Promise<void> => {
      await Promise.all([...readings.values()].map(({ worker }) => worker?.terminate()))
    },
  }
}

type Seen = { readings: Map<string, Reading>; memory: ImportMemory; isStuck: () => boolean }

/** What is told of an import, whether it was confirmed or its file has only come. */
function viewsOf({ readings, memory, isStuck }: Seen) {
  const view = (id: string): ImportView | null => {
    const applied = memory.view(id)
    if (applied)
      return Object.assign(applied, { isStuck: isStuck() && applied.state === 'applying' })
    const reading = readings.get(id)
    return reading ? viewOf(reading) : null
  }
  const viewed = (id: string) => {
    const found = view(id)
    return found ? done(found) : refused('import.unknown')
  }
  const rows = <Row>(of: 'faults' | 'changes', id: string, at = 0) => {
    const reading = readings.get(id)
    if (!reading && !view(id)) return refused('import.unknown')
    return done(pageOf<Row>(reading?.[of] ?? [], at))
  }
  return { viewed, rows }
}

/** What some milliseconds suffice for, the end of it too; within a transaction. */
function writeSome(
  { stock, now, elapsed }: Ports,
  memory: ImportMemory,
  open: { id: string; person: string },
): void {
  const from = elapsed()
  do {
    const part = memory.take(open.id)
    if (!part) {
      memory.done(open, now())
      return
    }
    stock.place(rowsIn<PlannedGoods>(part), open.person)
  } while (elapsed() - from < WRITES_MS)
}

/** What was put down of a plan that no longer fits is forgotten. */
function letGo(memory: ReturnType<typeof openImportMemory>) {
  memory.forgetUnapplied()
  return refused('import.stale')
}

export type Importing = ReturnType<typeof openImporting>
type Asked = Pick<ReadingWork, 'isHeadless'> & { columns?: FileColumns | undefined; unsaid: Unsaid }

/** Of a database; empty: it is in memory. */
const fileOf = (db: Sqlite): string =>
  String(db.prepare(`select file from pragma_database_list where name = 'main'`).get()?.file ?? '')

/** Beside the database; null: that is in memory, and nothing is imported. */
function folderOf(db: Sqlite): string | null {
  const at = fileOf(db)
  return at === '' ? null : join(dirname(at), 'imports')
}

const pageOf = <Row>(pieces: readonly Uint8Array[], at: number) => {
  const piece = pieces[at]
  return { rows: piece ? rowsIn<Row>(piece) : [], next: at + 1 < pieces.length ? at + 1 : null }
}

type Coming = { folder: string; file: string; uploads: ReturnType<typeof openUploads> }

async function storeFile({ folder, file, uploads }: Coming, body: ReadableStream<Uint8Array>) {
  makeFolder(folder)
  const id = randomUUID()
  const path = join(folder, id)
  const { fileBytes } = tableBounds
  const stored = await uploads.store(body, path, fileBytes)
  switch (stored) {
    case 'stored':
      return done(aReading({ id, file, path }))
    case 'too-big':
      return invalid('body', 'body-too-big', { limit: fileBytes })
    case 'busy':
      return refused('server.busy', { waitMs: UPLOAD_WAIT_MS })
    case 'no-room':
      return refused('import.no-room')
    case 'cut':
      return invalid('body', 'malformed')
    default:
      return stored satisfies never
  }
}

const rowsIn = <Row>(piece: Uint8Array): Row[] => JSON.parse(new TextDecoder().decode(piece))

const aReading = (file: Pick<Reading, 'id' | 'file' | 'path'>): Reading =>
  Object.assign(file, {
    state: 'stored' as const,
    failed: null,
    heads: [],
    columns: {},
    isHeadless: false,
    unsaid: null,
    counts: NOTHING,
    stamp: '',
    parts: [],
    faults: [],
    changes: [],
    worker: null,
    ended: Promise.resolve(),
  })

const viewOf = (reading: Reading): ImportView => ({
  id: reading.id,
  file: reading.file,
  state: reading.state,
  failed: reading.failed,
  heads: reading.heads,
  columns: reading.columns,
  isHeadless: reading.isHeadless,
  unsaid: reading.unsaid,
  counts: reading.counts,
  written: { done: 0, total: reading.counts.new + reading.counts.changed },
  isStuck: false,
})

function startReading(reading: Reading, asked: Asked, catalogue: string): void {
  const { id, file, path } = reading
  const { columns = null, isHeadless, unsaid } = asked
  const work: ReadingWork = { path, catalogue, columns, isHeadless, unsaid }
  const fresh = aReading({ id, file, path })
  Object.assign(reading, fresh, { state: 'reading', isHeadless, unsaid })
  const worker = new Worker(new URL('./import-worker.ts', import.meta.url), {
    workerData: work,
    resourceLimits: limits,
  })
  reading.worker = worker
  const failed = (fault: 'too-large' | 'broken'): void => {
    reading.state = 'failed'
    reading.failed = { fault }
  }
  worker.on('message', (news: ReadingNews) => hear(reading, news))
  // Whatever a file does to the thread that reads it is the file's own fault.
  worker.on('error', (error) =>
    failed('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too-large' : 'broken'),
  )
  const ended = Promise.withResolvers<void>()
  reading.ended = ended.promise
  worker.on('exit', () => {
    if (reading.state === 'reading') failed('broken')
    reading.worker = null
    ended.resolve()
  })
}

function hear(reading: Reading, news: ReadingNews): void {
  switch (news.is) {
    case 'heads':
      reading.heads = news.heads
      reading.columns = news.columns
      break
    case 'counted':
      reading.counts = news.counts
      break
    case 'part':
      reading.parts.push(news.body)
      break
    case 'faults':
    case 'changes':
      reading[news.is].push(news.body)
      break
    case 'read':
      reading.state = 'read'
      reading.counts = news.counts
      reading.stamp = news.stamp
      break
    case 'failed': {
      const { fault, line } = news
      reading.state = 'failed'
      reading.failed = { fault, line }
      break
    }
    default:
      news satisfies never
  }
}
