import { spawn } from 'node:child_process'
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { PGlite, type Transaction } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { assert } from '#core/assert.ts'
import { closeToOthers } from './data-folder.ts'
import { makeFolder, moveFile } from './durable-file.ts'
import { say } from './log.ts'
import type { Postgres, Sql } from './sql.ts'
import { watchMainThread } from './watchdog.ts'

// Optimising the WASM in the background peaks at 700 MB; the plain code stays at 150 MB and takes
// in 18,000 documents a second in place of 30,000. Who needs that names a server.
setFlagsFromString('--no-wasm-tier-up')
setFlagsFromString('--no-wasm-dynamic-tiering')

// PGlite switches fsync off on its command line (-F). Without that switch, and with a file system
// that does sync, a commit is on disk before it is answered. fdatasync is not wired, fsync is.
const DURABLE = ['-c', 'wal_sync_method=fsync']
const SMALL = [
  '-c',
  'shared_buffers=16MB',
  '-c',
  'max_connections=5',
  '-c',
  'temp_buffers=1MB',
  '-c',
  'wal_buffers=1MB',
  '-c',
  'max_wal_size=64MB',
  '-c',
  'min_wal_size=32MB',
]
// After a kill the recovery sets a timer for its messages, which would keep the process alive.
const QUIET = ['-c', 'log_startup_progress_interval=0']

/** PostgreSQL inside this process: in a folder, made when missing; in memory, out of a tar. */
export async function openEmbedded(at: { folder: string } | { memory: Blob }): Promise<Postgres> {
  if ('memory' in at) {
    const loadDataDir = at.memory
    return ported(await PGlite.create({ loadDataDir, startParams: startParams(false) }))
  }
  const { folder } = at
  if (!existsSync(folder)) await make(folder)
  // PostgreSQL's own note of who has the folder, which it does not sync: one that a power cut left
  // half-written keeps it from starting for ever. Who has the folder our own lock says (0018).
  rmSync(join(folder, 'postmaster.pid'), { force: true })
  // What PostgreSQL does not come back from, for want of room or for a fault of PGlite's, spins in
  // this thread for ever: the process ends, and reads what is there when it is started again.
  const callOff = watchMainThread('embedded PostgreSQL')
  const lite = await PGlite.create({ fs: durableFolder(folder), startParams: startParams(true) })
  const [fsync] = (await lite.query<{ setting: string }>('show fsync')).rows.map(Object.values)
  assert(fsync?.[0] === 'on', 'embedded PostgreSQL must run with fsync on')
  const db = ported(lite)
  return {
    query: db.query,
    transaction: db.transaction,
    close: async () => {
      await db.close()
      await callOff()
    },
  }
}

function startParams(durable: boolean): string[] {
  const usual = PGlite.defaultStartParams
  return [
    ...(durable ? usual.filter((flag) => flag !== '-F') : usual),
    ...DURABLE,
    ...SMALL,
    ...QUIET,
  ]
}

function ported(lite: PGlite): Postgres {
  return {
    ...asked(lite),
    transaction: (work) => lite.transaction((transaction) => work(asked(transaction))),
    close: () => lite.close(),
  }
}

const asked = (lite: PGlite | Transaction): Sql => ({
  query: async <Row>(text: string, parameters?: readonly unknown[]) => {
    const answer = parameters
      ? await lite.query<Row>(text, [...parameters])
      : (await lite.exec(text)).at(-1)
    return (answer?.rows ?? []) as Row[]
  },
})

function durableFolder(folder: string): NodeFS {
  const files = new NodeFS(folder)
  const init = files.init.bind(files)
  files.init = async (...given: Parameters<NodeFS['init']>) => {
    const opened = await init(...given)
    const wire = (module: Emscripten) => {
      const operations = module.NODEFS.stream_ops
      operations.fsync = (stream) =>
        orEnd(() => {
          if (stream.nfd !== undefined) fsyncSync(stream.nfd)
          else syncPath(module.NODEFS.realPath(stream.node))
          return 0
        })
      const { write } = operations
      operations.write = (...given) => orEnd(() => write(...given))
      const names = module.NODEFS.node_ops
      const { setattr } = names
      // Emscripten gives files the mode that the C library asks for, whatever the umask is.
      names.setattr = (node, change) => {
        if (change.mode !== undefined) change.mode &= ~0o077
        return setattr(node, change)
      }
    }
    opened.emscriptenOpts.preRun = [...(opened.emscriptenOpts.preRun ?? []), wire as never]
    return opened
  }
  return files
}

/**
 * A disk that fails ends the process: PGlite goes on from an error that PostgreSQL ends by, tells a
 * commit that is not on disk, and then spins. Started again it reads what is there.
 */
function orEnd<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    say('error', `embedded PostgreSQL: the disk failed, ${reasonOf(error)}`)
    process.exit(1)
  }
}

/** Node's own error, or Emscripten's, which is a number alone. */
const reasonOf = (error: unknown): string =>
  error instanceof Error ? String(error) : `errno ${(error as { errno?: number }).errno}`

// Emscripten's file system over Node's, as far as it is used here.
type Emscripten = {
  NODEFS: {
    stream_ops: {
      fsync?: (stream: { nfd?: number; node: unknown }) => number
      write: (...given: unknown[]) => number
    }
    node_ops: { setattr: (node: unknown, change: { mode?: number }) => unknown }
    realPath: (node: unknown) => string
  }
}

/**
 * Makes a database folder in a process of its own, since initdb takes 600 MB that are not given
 * back, and puts it in place at once, so that a kill half-way leaves nothing half-made.
 */
async function make(folder: string): Promise<void> {
  // A name of its own: a child that outlived its killed parent may still write into another.
  const draft = `${folder}.new-${process.pid}-${Date.now()}`
  removeDrafts(folder)
  makeFolder(dirname(folder))
  const child = spawn(process.execPath, [import.meta.filename, draft], { stdio: 'inherit' })
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  assert(code === 0, `the embedded database could not be made in ${draft}`)
  // Emscripten minds no umask: see `durableFolder`.
  closeToOthers(draft)
  syncTree(draft)
  moveFile(draft, folder)
}

/** What was cut short by a kill. What cannot be removed yet goes at the next start of this kind. */
function removeDrafts(folder: string): void {
  const isDraft = (name: string) => name.startsWith(`${basename(folder)}.new`)
  const drafts = existsSync(dirname(folder)) ? readdirSync(dirname(folder)).filter(isDraft) : []
  for (const name of drafts) {
    try {
      rmSync(join(dirname(folder), name), { recursive: true, force: true })
    } catch {
      // Somebody still writes there, and is not in the way.
    }
  }
}

function syncTree(path: string): void {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inside = join(path, entry.name)
    if (entry.isDirectory()) syncTree(inside)
    else if (entry.isFile()) syncPath(inside)
  }
  syncPath(path)
}

function syncPath(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

if (import.meta.main) {
  const lite = await PGlite.create({
    dataDir: process.argv[2] ?? '',
    startParams: startParams(false),
  })
  await lite.close()
}
