import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openRegisterDb } from '#services/register/memory/store.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { openSkoDb } from '#services/sko/store.ts'
import { freshRegisterDb, freshSkoDb, tablesOf } from './fresh.ts'

const schemaOf = (db: Sqlite) =>
  db.prepare('select type, name, tbl_name, sql from sqlite_schema order by type, name').all()
const settingOf = (db: Sqlite) => db.prepare('pragma foreign_keys').get()

for (const [name, fresh, open] of [
  ['register', freshRegisterDb, openRegisterDb],
  ['sko', freshSkoDb, openSkoDb],
] as const) {
  test(`${name}: a fresh database is one that was opened, with all its rows`, () => {
    const [was, is] = [open(':memory:'), fresh()]
    assert.deepEqual(schemaOf(is), schemaOf(was))
    assert.deepEqual(settingOf(is), settingOf(was))
    for (const table of tablesOf(was)) {
      const rows = `select * from ${table}`
      assert.deepEqual(is.prepare(rows).all(), was.prepare(rows).all(), table)
    }
  })
}
