import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kopecks, MAX_TALLY, ZERO } from '../money.ts'
import { kindNames } from './kinds.ts'
import { type CountedDocument, count, countersAreFull, openCounters } from './report.ts'

const entry = (change: Partial<CountedDocument>): CountedDocument => ({
  kind: 'sale',
  number: 2,
  sum: kopecks(1000),
  settlement: { cash: kopecks(1000), card: ZERO, other: ZERO, change: ZERO },
  discounts: ZERO,
  markups: ZERO,
  ...change,
})
const opened = openCounters(7, 1_000, 1)

test('a shift opens with empty counters and its own document as first and last', () => {
  assert.equal(opened.shift, 7)
  assert.equal(opened.firstNumber, 1)
  assert.equal(opened.lastNumber, 1)
  assert.equal(opened.sale.count, 0)
})

test('cash is counted without the change that was given back', () => {
  const settlement = { cash: kopecks(900), card: kopecks(500), other: ZERO, change: kopecks(400) }
  const { sale } = count(opened, entry({ settlement }))
  assert.deepEqual(sale, { count: 1, sum: 1000, cash: 500, card: 500, other: 0 })
})

test('each kind is counted in its own row, and nothing else changes', () => {
  for (const kind of ['sale', 'refund', 'annulment', 'deposit', 'withdrawal'] as const) {
    const counted = count(count(opened, entry({ kind, number: 2 })), entry({ kind, number: 3 }))
    assert.deepEqual(counted, {
      ...opened,
      lastNumber: 3,
      [kind]: { count: 2, sum: 2000, cash: 2000, card: 0, other: 0 },
    })
  }
})

test('discounts and markups are those of sales', () => {
  const of = { discounts: kopecks(30), markups: kopecks(5) }
  const counted = count(count(opened, entry(of)), entry({ ...of, kind: 'refund', number: 3 }))
  assert.equal(counted.discounts, 30)
  assert.equal(counted.markups, 5)
})

test('opening and closing move the last number alone', () => {
  for (const kind of ['shift-opening', 'shift-closing'] as const) {
    assert.deepEqual(count(opened, entry({ kind, number: 9 })), { ...opened, lastNumber: 9 })
  }
})

test('counting leaves the counters it was given as they were', () => {
  const before = structuredClone(opened)
  for (const kind of kindNames) count(opened, entry({ kind }))
  assert.deepEqual(opened, before)
})

test('a counter is full where a document would bring it above its bound, and not before', () => {
  const almost = { count: 1, sum: kopecks(MAX_TALLY - 1000), cash: ZERO, card: ZERO, other: ZERO }
  const shift = { ...opened, sale: almost, refund: almost, deposit: almost, withdrawal: almost }
  for (const kind of kindNames) {
    assert.equal(countersAreFull(shift, entry({ kind })), false, kind)
    const bound = kind === 'sale' || kind === 'refund' || kind === 'deposit'
    assert.equal(countersAreFull(shift, entry({ kind, sum: kopecks(1001) })), bound, kind)
  }
  const adjusted = { ...opened, discounts: MAX_TALLY, markups: MAX_TALLY }
  assert.equal(countersAreFull(adjusted, entry({ discounts: kopecks(1) })), true)
  assert.equal(countersAreFull(adjusted, entry({ markups: kopecks(1) })), true)
  assert.equal(countersAreFull(adjusted, entry({})), false)
  assert.equal(countersAreFull(adjusted, entry({ kind: 'refund', discounts: kopecks(1) })), false)
})
