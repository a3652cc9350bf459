import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOperation, NOW } from '#test/fixtures.ts'
import { type Kind, kindNames } from '../document/kinds.ts'
import { openCounters } from '../document/report.ts'
import { kopecks, MAX_SUM, MAX_TALLY } from '../money.ts'
import { DAY, HOUR } from '../time.ts'
import { type GateFacts, refuse, type Wish } from './gate.ts'

const calm: GateFacts = {
  now: NOW,
  open: [],
  shift: openCounters(1, NOW - HOUR, 1),
  cash: kopecks(10_000),
  skoCash: kopecks(10_000),
  oldestUnsentAt: null,
  diverged: null,
  retired: false,
  terminal: true,
  reversals: 0,
  carried: kopecks(0),
  blocked: null,
  unbilled: null,
}
const noContract = { state: 'no-contract', account: null } as const
const none = kopecks(0)
const aWish = (change: Partial<Wish>): Wish => ({
  kind: 'sale',
  cash: none,
  card: none,
  sum: kopecks((change.cash ?? 0) + (change.card ?? 0)),
  discounts: none,
  markups: none,
  ...change,
})
const red = anOperation({ state: { is: 'red', stage: 'fiscal', lacks: false } })

// The table «Gates» of rulings.md: a row a guard, a column a kind; «+» may begin.
const columns: Kind[] = [
  'sale',
  'refund',
  'annulment',
  'deposit',
  'withdrawal',
  'shift-opening',
  'shift-closing',
]
const closed = { shift: null }
const empty = { cash: kopecks(0), skoCash: kopecks(0) }
const rows: [string, Partial<GateFacts>, string][] = [
  ['red receipt', { open: [red] }, '- - - - - - -'],
  ['other documents at the operator', { diverged: 'operator' }, '- - - - - - -'],
  ['documents that the device lacks', { diverged: 'sko' }, '- - - - - - -'],
  ['shift over 24 h', { shift: openCounters(1, NOW - DAY - 1, 1) }, '- - - - + - +'],
  ['oldest unsent over 7 days', { oldestUnsentAt: NOW - 7 * DAY - 1 }, '- - - - - - -'],
  ['СКО > БД', { skoCash: kopecks(10_500) }, '+ + + + - - -'],
  ['БД > СКО', { skoCash: kopecks(9_500) }, '+ - - + - - -'],
  ['a block set during the shift', { blocked: 'долг' }, '+ + + + + - +'],
  ['billing forbids during the shift', { unbilled: noContract }, '+ + + + + - +'],
  ['closed shift', closed, '- - - - - + -'],
  ['open shift', {}, '+ + + + + - +'],
]

for (const [name, facts, expected] of rows) {
  test(`gates: ${name}`, () => {
    for (const [i, kind] of columns.entries()) {
      const closing = kind === 'shift-closing'
      // What is left in the drawer is a guard of its own: it is empty when a shift is closed.
      const even = closing && !('skoCash' in facts) ? empty : {}
      const opening = kind === 'shift-opening' && name !== 'open shift' ? closed : {}
      const given = { ...calm, ...opening, ...facts, ...even }
      const refusal = refuse(given, aWish({ kind, cash: kopecks(closing ? 0 : 500) }))
      const may = expected.split(' ')[i] === '+'
      assert.equal(refusal === null, may, `${kind}: ${refusal?.code}`)
    }
  })
}

test('every kind has its column', () => {
  assert.deepEqual([...columns].sort(), [...kindNames].sort())
})

test('the refusal names the operation that stands in the way', () => {
  const refusal = refuse({ ...calm, open: [red] }, aWish({ cash: kopecks(1) }))
  assert.equal(refusal?.code, 'operation.red')
  assert.equal(refusal?.operation, red)
  const waiting = anOperation({ state: { is: 'waiting', reached: 'no' } })
  const other = refuse({ ...calm, open: [waiting] }, aWish({ cash: kopecks(1) }))
  assert.equal(other?.code, 'operation.open')
})

test('a block is told with its reason, ahead of what it brings with it (S1.6)', () => {
  const opening = aWish({ kind: 'shift-opening' })
  const blocked = { ...calm, shift: null, blocked: 'Нет договора' }
  const told = { code: 'shift.blocked', said: 'Нет договора' }
  assert.deepEqual(refuse(blocked, opening), told)
  assert.deepEqual(refuse({ ...blocked, oldestUnsentAt: NOW - 8 * DAY }, opening), told)
  assert.deepEqual(refuse({ ...blocked, skoCash: kopecks(1) }, opening), told)
  assert.equal(refuse({ ...blocked, open: [red] }, opening)?.code, 'operation.red')
})

test('what billing forbids is told with its state and account (S2), after a block', () => {
  const opening = aWish({ kind: 'shift-opening' })
  const unbilled = { state: 'no-subscription', account: '10000001' } as const
  const told = { code: 'billing.forbids', billing: 'no-subscription', account: '10000001' }
  assert.deepEqual(refuse({ ...calm, shift: null, unbilled }, opening), told)
  const both = { ...calm, shift: null, unbilled, blocked: 'Нет договора' }
  assert.equal(refuse(both, opening)?.code, 'shift.blocked')
})

test('a drawer gives no more than it holds, and must be empty at closing', () => {
  const wish = aWish({ kind: 'withdrawal', cash: kopecks(10_001) })
  assert.deepEqual(refuse(calm, wish), { code: 'drawer.not-enough', sum: 10_000 })
  assert.equal(refuse(calm, { ...wish, cash: kopecks(10_000) }), null)
  const closing = refuse(calm, aWish({ kind: 'shift-closing' }))
  assert.deepEqual(closing, { code: 'drawer.not-empty', sum: 10_000 })
})

test('a refund to a card needs no cash, whatever the discrepancy', () => {
  const facts = { ...calm, skoCash: kopecks(9_500) }
  assert.equal(refuse(facts, aWish({ kind: 'refund', card: kopecks(5) })), null)
})

test('a card needs a terminal, and waits for the reversals before it; cash does not (R8)', () => {
  const card = aWish({ card: kopecks(500) })
  const cash = aWish({ cash: kopecks(500) })
  assert.equal(refuse(calm, card), null)
  assert.equal(refuse({ ...calm, terminal: false }, card)?.code, 'card.no-terminal')
  assert.equal(refuse({ ...calm, reversals: 1 }, card)?.code, 'reversal.pending')
  assert.equal(refuse({ ...calm, reversals: 1, terminal: false }, cash), null)
})

test('a drawer holds no more than a sum can be, whichever of the two is fuller', () => {
  const almost = kopecks(MAX_SUM - 100)
  const deposit = aWish({ kind: 'deposit', cash: kopecks(101) })
  const full = { code: 'drawer.full', sum: MAX_SUM + 1, field: 'sum' }
  assert.deepEqual(refuse({ ...calm, cash: almost, skoCash: almost }, deposit), full)
  assert.deepEqual(refuse({ ...calm, skoCash: almost }, deposit), full)
  assert.deepEqual(refuse({ ...calm, cash: almost, skoCash: null }, deposit), full)
  const sale = aWish({ cash: kopecks(101) })
  assert.equal(refuse({ ...calm, cash: almost, skoCash: almost }, sale)?.field, 'payments')
  const exact = aWish({ kind: 'deposit', cash: kopecks(100) })
  assert.equal(refuse({ ...calm, cash: almost, skoCash: almost }, exact), null)
  // A drawer that an older version filled is emptied as any other.
  const over = { ...calm, cash: kopecks(MAX_SUM + 500), skoCash: kopecks(MAX_SUM + 500) }
  assert.equal(refuse(over, aWish({ kind: 'withdrawal', cash: MAX_SUM })), null)
  assert.equal(refuse(over, aWish({ card: kopecks(5) })), null)
})

test('a shift whose counters are full takes no more, and is emptied and closed', () => {
  const counter = { count: 9, sum: MAX_TALLY, cash: MAX_TALLY, card: none, other: none }
  const opened = openCounters(1, NOW - HOUR, 1)
  const shift = { ...opened, sale: counter, refund: counter, deposit: counter }
  const code = (change: Partial<Wish>) => refuse({ ...calm, shift }, aWish(change))
  assert.deepEqual(code({ cash: kopecks(1) }), { code: 'shift.full', field: 'lines' })
  assert.deepEqual(code({ kind: 'refund', cash: kopecks(1) })?.field, 'lines')
  assert.deepEqual(code({ kind: 'deposit', cash: kopecks(1) })?.field, 'sum')
  assert.equal(code({ kind: 'annulment', cash: kopecks(1) }), null)
  assert.equal(code({ kind: 'withdrawal', cash: kopecks(10_000) }), null)
  const empty = { ...calm, shift, cash: none, skoCash: none }
  assert.equal(refuse(empty, aWish({ kind: 'shift-closing' })), null)
})

test('a bound is reached before it is passed: seven days, a day, a kopeck of difference', () => {
  const code = (facts: Partial<GateFacts>, wish: Partial<Wish>) =>
    refuse({ ...calm, ...facts }, aWish(wish))?.code ?? null
  const sale = { cash: kopecks(1) }
  assert.equal(code({ oldestUnsentAt: NOW - 7 * DAY }, sale), null)
  assert.equal(code({ shift: openCounters(1, NOW - DAY, 1) }, sale), null)
  const back = { kind: 'refund', cash: kopecks(1) } as const
  assert.equal(code({ skoCash: kopecks(9_999) }, back), 'discrepancy')
  assert.equal(code({ terminal: false }, { card: kopecks(1) }), 'card.no-terminal')
  assert.equal(code({ reversals: 1 }, { card: kopecks(1) }), 'reversal.pending')
  const refusal = refuse({ ...calm, skoCash: kopecks(9_999) }, aWish(back))
  assert.deepEqual(refusal, { code: 'discrepancy', sum: -1 })
  const full = kopecks(MAX_SUM)
  const last = { kind: 'deposit', cash: kopecks(1) } as const
  assert.equal(code({ cash: full, skoCash: full }, last), 'drawer.full')
})
