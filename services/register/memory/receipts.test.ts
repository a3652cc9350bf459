import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ReceiptFilter } from '#core/api/register-receipts.ts'
import { listedKinds } from '#core/document/kinds.ts'
import { folded } from '#core/goods/folding.ts'
import { kopecks } from '#core/money.ts'
import { soughtBy, type TaggedReceipt, tagsOf } from '#core/register/receipt-search.ts'
import { DAY, minskDay } from '#core/time.ts'
import { operationsWords } from '#core/words/operations.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { BLOCK } from './block-bits.ts'
import { openTagRows } from './receipt-tags.ts'
import { openReceipts } from './receipts.ts'
import { openRegisterDb } from './store.ts'

const titles = operationsWords.ru.kinds
const START = Date.UTC(2026, 10, 1)
const people = ['Анна', 'Ольга', 'Пётр Ильич']
const names = ['Хлеб «Нарочанский»', 'Молоко 2,5 %', 'Молоко отборное', 'Сок 0,9л', 'Café']

type Row = TaggedReceipt & { listed: boolean; number: number | null; uid: string | null }

/** The n-th receipt: all that can be asked differs in step with another number. */
function rowAt(n: number, listed = n % 9 !== 4): Row {
  const sold = [names[n % 5] ?? '', names[(n * 7) % 5] ?? ''].slice(0, n % 3)
  return {
    kind: listedKinds[(n * 5) % listedKinds.length] ?? 'sale',
    at: START + n * 4 * 60_000,
    cashier: people[n % 3] ?? '',
    sum: kopecks((n * 37) % 500),
    shift: n % 11 === 0 ? null : Math.floor(n / 300) + 1,
    lines: sold.map((name) => ({ name, code: name === 'Café' ? '4810000000017' : null })),
    masked: n % 4 === 0 ? `9999 99** **** ${String((n * 13) % 97).padStart(4, '0')}` : null,
    listed,
    number: n % 10 === 0 ? null : n % 3000,
    uid: n % 10 === 0 ? null : ((n * 2654435761) % 2 ** 32).toString(16).padStart(24, '0'),
  }
}

const COUNT = BLOCK * 2 + 700

/** Receipts of which some have become others since they were made, in old blocks too. */
function filled(db: Sqlite): Row[] {
  const insert = db.prepare(
    `insert into operation(seq, id, kind, state, listed, is_open, at, cashier, sum, amount,
       payments, number, uid, shift)
     values (?, ?, ?, 'registered', ?, 0, ?, ?, ?, ?, '[]', ?, ?, ?)`,
  )
  const tags = openTagRows(db)
  const tagsNow = (row: Row) => (row.listed ? tagsOf(row) : [])
  const rows: Row[] = []
  for (let n = 1; n <= COUNT; n += 1) {
    const row = rowAt(n)
    const { kind, listed, at, cashier, sum, number, uid, shift } = row
    const upper = uid?.toUpperCase() ?? null
    insert.run(n, `${n}`, kind, listed ? 1 : 0, at, cashier, sum, sum, number, upper, shift)
    tags.begin(`${n}`, cashier, tagsNow(row))
    rows.push(row)
  }
  const show = db.prepare('update operation set listed = ? where id = ?')
  for (let n = 40; n <= COUNT; n += 97) {
    const row = rowAt(n, !rows[n - 1]?.listed)
    tags.settle(`${n}`, tagsNow(rows[n - 1] ?? row), tagsNow(row))
    show.run(row.listed ? 1 : 0, `${n}`)
    rows[n - 1] = row
  }
  return rows
}

/** The same question, asked of every row. */
function found(rows: readonly Row[], filter: ReceiptFilter): number[] {
  const { kind, shift, from, until, goods, cashier, card, search } = filter
  const words = (text: string) => folded(text).split(' ').filter(Boolean)
  const begins = (text: string, of: string) =>
    words(text).every((word) => words(of).some((each) => each.startsWith(word)))
  const soldIn = ({ lines = [] }: Row) => lines.map(({ name, code }) => `${name} ${code}`).join(' ')
  const means = (row: Row, text: string) =>
    titles[row.kind].toLowerCase().includes(text.toLowerCase()) ||
    (/^\d+\.\d\d$/.test(text) && row.sum === Math.round(Number(text) * 100)) ||
    (/^\d+$/.test(text) && row.number === Number(text)) ||
    (/^[\da-f]{4,}$/i.test(text) && row.uid?.toUpperCase().startsWith(text.toUpperCase())) ||
    (/^\d{4}$/.test(text) && row.masked?.endsWith(text)) ||
    (/\p{L}/u.test(text) && (begins(text, soldIn(row)) || begins(text, row.cashier)))
  const isFound = (row: Row) =>
    row.listed &&
    (kind === undefined || row.kind === kind) &&
    (shift === undefined || row.shift === shift) &&
    (from === undefined || minskDay(row.at) >= from) &&
    (until === undefined || minskDay(row.at) <= until) &&
    (!goods?.trim() || begins(goods, soldIn(row))) &&
    (cashier === undefined || row.cashier === cashier) &&
    (card === undefined || row.masked?.endsWith(card) === true) &&
    (!search?.trim() || means(row, search.trim()))
  return rows.flatMap((row, i) => (isFound(row) ? [i + 1] : [])).reverse()
}

const day = fc.integer({ min: 0, max: 14 }).map((n) => minskDay(START + n * DAY))
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined, freq: 2 })
const filter: fc.Arbitrary<ReceiptFilter> = fc.record({
  search: maybe(
    fc.constantFrom('1.11', '12', '7', 'аннул', 'прод', '0052', 'молоко', 'ольга', '9E37', 'Хлеб'),
  ),
  kind: maybe(fc.constantFrom(...listedKinds)),
  shift: maybe(fc.integer({ min: 1, max: 17 })),
  from: maybe(day),
  until: maybe(day),
  goods: maybe(
    fc.constantFrom('мол', 'молоко отб', 'cafe', '48100', 'сок 0.9', 'м 2', 'от', 'пиво', ' '),
  ),
  cashier: maybe(fc.constantFrom(...people, 'Никто')),
  card: maybe(fc.constantFrom('52', '0052', '7', '000').filter((text) => text.length > 1)),
})

const db = openRegisterDb(':memory:')
const rows = filled(db)
const { list, cashiers } = openReceipts(db)

test('any combination of what is asked finds what a look at every receipt finds', () => {
  fc.assert(
    fc.property(filter, fc.integer({ min: 1, max: COUNT }), (asked, before) => {
      const sought = soughtBy(asked, titles)
      const expected = found(rows, asked)
      const places = (from: number | null, limit: number) =>
        list(sought, { before: from, limit }).map(({ seq }) => seq)
      assert.deepEqual(places(null, COUNT), expected)
      assert.deepEqual(places(before, 5), expected.filter((seq) => seq < before).slice(0, 5))
    }),
    { numRuns: 80 },
  )
})

test('older receipts stand in blocks, the newest one by one, and cashiers once', () => {
  const tail = Number(db.prepare('select min(seq) seq from receipt_tail').get()?.seq)
  assert.ok(tail >= BLOCK * 2)
  assert.deepEqual(cashiers(), [...people].sort())
})

test('typed under the other keyboard, goods and people are found', () => {
  const first = (search: string) =>
    list(soughtBy({ search }, titles), { before: null, limit: 1 }).map(({ seq }) => seq)
  assert.deepEqual(first('vjkjrj'), first('молоко'))
  assert.deepEqual(first('Jkmuf'), first('Ольга'))
  assert.equal(first('Jkmuf').length, 1)
})

test('a day is found as it stands on papers', () => {
  const seen = list(soughtBy({ search: '03.11.2026' }, titles), { before: null, limit: COUNT })
  const of = { from: '2026-11-03', until: '2026-11-03' }
  assert.deepEqual(seen, list(soughtBy(of, titles), { before: null, limit: COUNT }))
  assert.ok(seen.length > 300)
})
