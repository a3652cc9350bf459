import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { listedKinds } from '#core/document/kinds.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { type ListFilter, openReceipts } from './receipts.ts'
import { openRegisterDb } from './store.ts'

type Row = {
  kind: string
  listed: number
  sum: number
  number: number | null
  uid: string | null
  shift: number | null
}

const few = fc.integer({ min: 1, max: 4 })
const uid = fc.constantFrom('ABCD01', 'ABCE02', '400100', 'FFFF03')
const row: fc.Arbitrary<Row> = fc.record({
  kind: fc.constantFrom(...listedKinds),
  listed: fc.constantFrom(0, 1, 1, 1),
  sum: few,
  number: fc.option(few),
  uid: fc.option(uid),
  shift: fc.option(few),
})
const filter: fc.Arbitrary<ListFilter> = fc.record({
  before: fc.option(fc.integer({ min: 1, max: 40 })),
  limit: fc.integer({ min: 1, max: 12 }),
  kind: fc.option(fc.constantFrom(...listedKinds)),
  shift: fc.option(few),
  search: fc.option(
    fc.record({
      number: fc.option(few),
      uid: fc.option(fc.constantFrom('ABCD', 'ABC', '4001', '9')),
      sum: fc.option(few),
      kinds: fc.subarray([...listedKinds]),
    }),
  ),
})

function fill(db: Sqlite, rows: readonly Row[]): void {
  const insert = db.prepare(
    `insert into operation(seq, id, kind, state, listed, is_open, at, cashier, sum, amount,
       payments, number, uid, shift)
     values (?, ?, ?, 'registered', ?, 0, 1, '', ?, ?, '[]', ?, ?, ?)`,
  )
  db.exec('delete from operation')
  for (const [i, { kind, listed, sum, number, uid, shift }] of rows.entries()) {
    insert.run(i + 1, String(i), kind, listed, sum, sum, number, uid, shift)
  }
}

/** The same question, asked of every row. */
function found(rows: readonly Row[], { before, limit, kind, shift, search }: ListFilter) {
  const means = ({ kinds, ...wanted }: NonNullable<ListFilter['search']>, row: Row) =>
    kinds.includes(row.kind) ||
    row.sum === wanted.sum ||
    (wanted.number !== null && row.number === wanted.number) ||
    (wanted.uid !== null && row.uid?.startsWith(wanted.uid))
  return rows
    .map((row, i) => ({ row, seq: i + 1 }))
    .filter(({ row, seq }) => row.listed === 1 && (before === null || seq < before))
    .filter(({ row }) => kind === null || row.kind === kind)
    .filter(({ row }) => shift === null || row.shift === shift)
    .filter(({ row }) => search === null || means(search, row))
    .map(({ seq }) => seq)
    .reverse()
    .slice(0, limit)
}

test('any combination of what is asked finds what a look at every receipt finds', () => {
  const db = openRegisterDb(':memory:')
  const list = openReceipts(db)
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), filter, (rows, asked) => {
      fill(db, rows)
      assert.deepEqual(
        list(asked).map(({ seq }) => seq),
        found(rows, asked),
      )
    }),
    { numRuns: 400 },
  )
  db.close()
})

test('every question goes down an index in the order of the list', () => {
  const db = openRegisterDb(':memory:')
  const asked: string[] = []
  const prepare = (sql: string) => {
    asked.push(sql)
    return db.prepare(sql)
  }
  openReceipts({ prepare } as unknown as Sqlite)
  assert.ok(asked.length > 5)
  for (const sql of asked) {
    const plan = db.prepare(`explain query plan ${sql}`).all()
    const steps = plan.map(({ detail }) => String(detail)).join('; ')
    assert.match(steps, /^SEARCH operation USING /, sql)
    // A number is of a few documents, and so is a start of a УИ: it is chance.
    const mayBeSorted = /operation_(number|uid)/.test(steps)
    assert.ok(mayBeSorted || !/TEMP B-TREE/.test(steps), `${sql}: ${steps}`)
    assert.doesNotMatch(steps, /PRIMARY KEY \(rowid<\?\)/, `${sql}: ${steps}`)
  }
  db.close()
})
