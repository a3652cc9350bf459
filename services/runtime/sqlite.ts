import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { assert } from '#core/assert.ts'
import { syncFile, syncFolder } from './durable-file.ts'

export type Sqlite = DatabaseSync

/** Bytes that the log keeps at most while nobody reads: 4000 pages, as between two checkpoints. */
export const LONGEST_LOG = 4000 * 4096

/**
 * Opens a database whose every commit is on disk before it returns. `synchronous` is set and read
 * back on each opening: a WAL database comes back at NORMAL by itself (fact:wal-synchronous).
 */
export function openSqlite(path: string, schema: string): Sqlite {
  if (path !== IN_MEMORY) syncBefore(path)
  const db = new DatabaseSync(path)
  db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on')
  // A checkpoint stalls the commit that meets it: 16 MB of log make that one in hundreds.
  db.exec('pragma busy_timeout = 5000; pragma wal_autocheckpoint = 4000')
  // Whatever a reader let the log grow to is given back once the reader is gone. Nothing of ours
  // reads across an await: the oldest reader is a copy being taken from outside.
  db.exec(`pragma journal_size_limit = ${LONGEST_LOG}`)
  // A random page of an index at each sale: of SQLite's own 2 MB most would be read from the file.
  db.exec('pragma cache_size = -16000')
  const level = db.prepare('pragma synchronous').get()
  assert(level?.synchronous === 2, 'SQLite must run at synchronous=FULL')
  migrate(db, schema)
  if (path !== IN_MEMORY) syncFolder(dirname(path))
  return db
}

const IN_MEMORY = ':memory:'

/**
 * A process killed between the write of a commit and its fsync leaves the commit in the log for
 * the next one to read, tell of and lose by a power cut: SQLite syncs nothing when it recovers.
 */
function syncBefore(path: string): void {
  for (const file of [path, `${path}-wal`, `${path}-journal`]) {
    if (existsSync(file)) syncFile(file)
  }
  // The log's own name too: SQLite syncs it for who made the log, not for who comes upon it.
  syncFolder(dirname(path))
}

/** Runs `work` in one transaction. It is synchronous by type: no await can fall inside. */
export function tx<T>(db: Sqlite, work: () => T extends PromiseLike<unknown> ? never : T): T {
  db.exec('begin immediate')
  try {
    const result = work()
    db.exec('commit')
    return result
  } catch (error) {
    if (db.isTransaction) db.exec('rollback')
    throw error
  }
}

/** Forward only: each file of the schema folder runs once, in the order of its name. */
function migrate(db: Sqlite, schema: string): void {
  db.exec('create table if not exists migration(name text primary key) strict')
  const done = new Set(
    db
      .prepare('select name from migration')
      .all()
      .map((row) => row.name),
  )
  for (const name of readdirSync(schema).sort()) {
    if (!name.endsWith('.sql') || done.has(name)) continue
    tx(db, () => {
      db.exec(readFileSync(join(schema, name), 'utf8'))
      db.prepare('insert into migration(name) values (?)').run(name)
    })
  }
}
