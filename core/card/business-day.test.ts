import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { kopecks } from '#core/money.ts'
import { operationsWords } from '#core/words/operations.ts'
import {
  dayByWire,
  dayNear,
  differingTotals,
  explain,
  type Movement,
  netOf,
  noTotals,
  totalsOf,
  wireDay,
} from './business-day.ts'

const movement = (operation: string, change: Partial<Movement> = {}): Movement => ({
  operation,
  kind: 'purchase',
  reversal: false,
  sum: kopecks(1000),
  ...change,
})

const day: Movement[] = [
  movement('a'),
  movement('b', { sum: kopecks(250) }),
  movement('b', { sum: kopecks(250), reversal: true }),
  movement('c', { kind: 'refund', sum: kopecks(300) }),
  movement('d', { kind: 'void', sum: kopecks(50) }),
  movement('e', { kind: 'refund-void', sum: kopecks(7) }),
  movement('c', { kind: 'refund', sum: kopecks(300), reversal: true }),
]

test('totals count debits, credits and what was undone apart', () => {
  const totals = totalsOf(day)
  assert.deepEqual(totals, {
    debits: { count: 3, sum: 1257 },
    debitsReversed: { count: 1, sum: 250 },
    credits: { count: 2, sum: 350 },
    creditsReversed: { count: 1, sum: 300 },
  })
  assert.equal(netOf(totals), 957)
  assert.equal(netOf(noTotals), 0)
})

test('a day in balance differs in nothing, in whatever order it was written', () => {
  assert.deepEqual(differingTotals(totalsOf(day), totalsOf(day.toReversed())), [])
  assert.deepEqual(explain(day, day.toReversed()), [])
})

test('a mismatch is explained down to the transaction', () => {
  const terminal = [
    ...day.slice(1, 2),
    ...day.slice(3).map((each) => (each.operation === 'd' ? movement('d') : each)),
    movement('f', { sum: kopecks(99) }),
  ]
  assert.deepEqual(differingTotals(totalsOf(day), totalsOf(terminal)), [
    'debits',
    'debitsReversed',
    'credits',
  ])
  assert.deepEqual(
    explain(day, terminal).map(
      (found) => `${found.operation}: ${operationsWords.ru.difference(found)}`,
    ),
    [
      'a: Оплата на 10.00 есть в банке, но не в терминале',
      'b: Техническая отмена (Оплата) на 2.50 есть в банке, но не в терминале',
      'd: Отмена оплаты на 0.50 в банке, Оплата на 10.00 в терминале',
      'f: Оплата на 0.99 есть в терминале, но не в банке',
    ],
  )
})

test('equal sums of other transactions are in balance and still explained', () => {
  const [bank, terminal] = [[movement('a')], [movement('b')]]
  assert.deepEqual(differingTotals(totalsOf(bank), totalsOf(terminal)), [])
  assert.equal(explain(bank, terminal).length, 2)
})

test('a day’s number on the wire names the open day or one before it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(998), (open, back) => {
      const day = open - back
      if (day < 1) return
      assert.equal(dayByWire(wireDay(day), open), day)
    }),
  )
  assert.equal(dayByWire(2, 1), 0)
})

test('a number on the wire means the day nearest to one that is known, round and round', () => {
  const known = fc.integer({ min: 500, max: 100_000 })
  fc.assert(
    fc.property(known, fc.integer({ min: -499, max: 499 }), (day, apart) => {
      assert.equal(dayNear(wireDay(day + apart), day), day + apart)
    }),
  )
  assert.deepEqual([dayNear(1, 1), dayNear(1, 999), dayNear(999, 1000)], [1, 1000, 999])
})
