import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openSqlite } from '#services/runtime/sqlite.ts'
import { openRegisterDb } from './store.ts'

const folder = mkdtempSync(join(tmpdir(), 'zpos-schema-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** The schema as it was when the file called `last` was the newest. */
function schemaUpTo(last: string): string {
  const schema = join(import.meta.dirname, 'schema')
  const old = mkdtempSync(join(folder, 'schema-'))
  for (const name of readdirSync(schema)) {
    if (name <= last) copyFileSync(join(schema, name), join(old, name))
  }
  return old
}

test('rows of card operations that never came to the bank are put right by an update', () => {
  const path = join(folder, 'register.sqlite')
  const old = openSqlite(path, schemaUpTo('0003-cards.sql'))
  const operation = old.prepare(
    `insert into operation(id, kind, state, listed, is_open, at, sum, body)
     values (?, 'sale', ?, 0, 0, 1, 100, '{}')`,
  )
  const row = old.prepare(
    `insert into card_transaction(operation, seq, at, kind, sum, stan, undo_stan, code, outcome,
       day) values (?, ?, 1, 'purchase', 100, 1, 2, ?, ?, ?)`,
  )
  const rows = [
    ['unreachable', 'failed', null, 'asked', 'not-made'],
    ['never seen', 'failed', null, 'declined', 'not-made'],
    ['declined', 'failed', '116', 'declined', 'declined'],
    ['asked', 'asking', null, 'asked', 'asked'],
    ['approved', 'registered', '000', 'approved', 'approved'],
    ['undone', 'cancelled', '000', 'reversed', 'reversed'],
  ] as const
  for (const [i, [id, state, code, outcome]] of rows.entries()) {
    operation.run(id, state)
    row.run(id, i + 1, code, outcome, code === '000' ? 1 : null)
  }
  old.close()
  const db = openRegisterDb(path)
  const now = db.prepare('select operation, seq, outcome from card_transaction order by seq').all()
  assert.deepEqual(
    now.map((found) => [found.operation, found.seq, found.outcome]),
    rows.map(([id, , , , outcome], i) => [id, i + 1, outcome]),
  )
  assert.throws(() => db.exec(`update card_transaction set outcome = 'nonsense'`), /CHECK/)
  db.close()
})
