import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openSqlite, tx } from './sqlite.ts'

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
