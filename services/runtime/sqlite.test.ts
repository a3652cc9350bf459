import assert from 'node:assert/strict'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { watchDisk } from '#test/disk.ts'
import { LONGEST_LOG, openSqlite, tx } from './sqlite.ts'

test('a database without room does nothing half, and goes on once there is room', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'zpos-full-'))
  const db = openSqlite(join(folder, 'full.sqlite'), folder)
  t.after(() => {
    db.close()
    rmSync(folder, { recursive: true })
  })
  db.exec('create table paper(id integer primary key, text text) strict')
  const insert = db.prepare('insert into paper(text) values (?)')
  const ids = () =>
    db
      .prepare('select id from paper')
      .all()
      .map(({ id }) => id)
  const both = () =>
    tx(db, () => {
      insert.run('small')
      insert.run('x'.repeat(50_000))
    })
  // SQLite's own limit: what it throws is what a full disk makes it throw.
  const { page_count: pages } = db.prepare('pragma page_count').get() ?? {}
  db.exec(`pragma max_page_count = ${Number(pages)}`)
  assert.throws(both, /full/)
  assert.equal(db.isTransaction, false)
  assert.deepEqual(ids(), [])
  db.exec('pragma max_page_count = 1000000')
  both()
  assert.deepEqual(ids(), [1, 2])
})

test('a log that grew behind a reader is short again once the reader is gone', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'zpos-log-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'log.sqlite')
  const db = openSqlite(path, folder)
  db.exec('create table big(bytes blob)')
  const insert = db.prepare('insert into big values (zeroblob(1000000))')
  const reader = new DatabaseSync(path, { readOnly: true })
  reader.exec('begin')
  reader.prepare('select count(*) from big').get()
  const log = () => statSync(`${path}-wal`).size
  for (let i = 0; i < 40; i += 1) insert.run()
  assert.ok(log() > 2 * LONGEST_LOG)
  reader.exec('rollback')
  reader.close()
  // The first commit puts all of the log into the database, the next begins the log anew.
  for (let i = 0; i < 2; i += 1) insert.run()
  assert.ok(log() <= LONGEST_LOG)
  db.close()
})

test('what a killed process left in the log is durable before anybody reads it', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'zpos-log-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const killed = join(folder, 'killed')
  const found = join(folder, 'found')
  for (const each of [killed, found]) mkdirSync(each)
  const before = openSqlite(join(killed, 'a.sqlite'), folder)
  before.exec('create table paper(text text) strict; insert into paper values (1)')
  // What lies there while the first one is still open is what SIGKILL leaves.
  for (const name of readdirSync(killed)) copyFileSync(join(killed, name), join(found, name))
  before.close()
  const path = join(found, 'a.sqlite')
  const isOpen = () =>
    readdirSync('/proc/self/fd').some((fd) => linkOf(`/proc/self/fd/${fd}`) === `${path}-shm`)
  const synced: string[] = []
  watchDisk(t, (call, at) => call === 'fsyncSync' && !isOpen() && synced.push(at))
  const after = openSqlite(path, folder)
  assert.deepEqual(synced, [path, `${path}-wal`, found])
  assert.equal(after.prepare('select count(*) papers from paper').get()?.papers, 1)
  after.close()
})

test('the name of a new database is durable before anything is told of it', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'zpos-new-'))
  t.after(() => rmSync(folder, { recursive: true }))
  let named: string[] = []
  watchDisk(t, (call, at) => {
    if (call === 'fsyncSync' && at === folder) named = readdirSync(folder)
  })
  openSqlite(join(folder, 'a.sqlite'), folder).close()
  assert.deepEqual(named.slice(0, 1), ['a.sqlite'])
})

function linkOf(path: string): string | null {
  try {
    return readlinkSync(path)
  } catch {
    return null
  }
}
