import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kopecks, ZERO } from '../money.ts'
import { enter, type LedgerEntry, newLedger } from './ledger.ts'

const sum = kopecks(100)
const deposit = (number: number, shift: number | null = 1): LedgerEntry => ({
  kind: 'deposit',
  number,
  at: number * 1000,
  shift,
  sum,
  settlement: { cash: sum, card: ZERO, other: ZERO, change: ZERO },
  discounts: ZERO,
  markups: ZERO,
})
const after = (...entries: LedgerEntry[]) => entries.reduce(enter, newLedger())

// Found by the simulator: the number expected next, and what may be annulled, follow from it.
test('a document adopted behind a newer one does not become the last', () => {
  const { last, balances } = after(deposit(10), deposit(12), deposit(11))
  assert.deepEqual(last, { number: 12, at: 12_000 })
  assert.equal(balances.drawer, 300)
})

test('a number that a person typed is not the last document', () => {
  const { last, balances } = after(deposit(10), deposit(500, null))
  assert.deepEqual(last, { number: 10, at: 10_000 })
  assert.equal(balances.drawer, 200)
})
