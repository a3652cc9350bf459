import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOperation } from '#test/fixtures.ts'
import type { Kind } from '../document/kinds.ts'
import { openCounters } from '../document/report.ts'
import { kopecks, ZERO } from '../money.ts'
import {
  align,
  corrected,
  drawerEffect,
  enter,
  type LedgerEntry,
  newLedger,
  prove,
} from './ledger.ts'

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

test('shifts count from one, by the device where it tells, and end with their closing', () => {
  assert.equal(newLedger().lastShift, 0)
  const typed = after(deposit(1, null))
  assert.equal(typed.shift?.shift, 1)
  const opened = after(deposit(10, 6))
  assert.equal(opened.shift?.shift, 6)
  assert.equal(opened.lastShift, 6)
  const closing: LedgerEntry = { ...deposit(11, 6), kind: 'shift-closing', sum: ZERO }
  const closed = enter(opened, closing)
  assert.equal(closed.shift, null)
  assert.equal(enter(closed, deposit(12, null)).shift?.shift, 7)
})

test('a document is seen once, and the same one twice is the same', () => {
  const ledger = prove(newLedger(), { number: 3, at: 3000 })
  assert.deepEqual(ledger.last, { number: 3, at: 3000 })
  assert.deepEqual(prove(ledger, { number: 2, at: 2000 }).last, ledger.last)
  assert.deepEqual(prove(ledger, { number: 4, at: 4000 }).last, { number: 4, at: 4000 })
})

test('the shift is as the device has it, the money as the register has it', () => {
  const ledger = after(deposit(10, 6))
  const ended = align(ledger, null)
  assert.deepEqual(ended, { ...ledger, shift: null })
  const next = openCounters(9, 9000, 30)
  assert.deepEqual(align(ledger, next), { ...ledger, shift: next, lastShift: 9 })
})

test('a correction brings the drawer what it lacks, against an account of its own', () => {
  const { ledger, postings } = corrected(after(deposit(100, 6)), kopecks(-70))
  assert.deepEqual(postings, [
    { account: 'drawer', amount: -70 },
    { account: 'correction', amount: 70 },
  ])
  assert.deepEqual([ledger.balances.drawer, ledger.balances.correction], [30, 70])
})

test('the drawer takes what is paid less the change, and gives it back', () => {
  const effect = (kind: Kind, paid: number) =>
    drawerEffect(anOperation({ kind, sum, payments: [{ means: 'cash', sum: kopecks(paid) }] }))
  assert.equal(effect('sale', 150), 100)
  assert.equal(effect('deposit', 100), 100)
  assert.equal(effect('refund', 100), -100)
  assert.equal(effect('annulment', 100), -100)
  assert.equal(effect('withdrawal', 100), -100)
  const shift = anOperation({ kind: 'shift-opening', sum: ZERO, payments: [] })
  assert.equal(drawerEffect(shift), 0)
})
