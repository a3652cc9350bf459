import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
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
