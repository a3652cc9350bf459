import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOperation, NOW } from '#test/fixtures.ts'
import { type Kind, kindNames } from '../document/kinds.ts'
import { kopecks } from '../money.ts'
import { DAY, HOUR } from '../time.ts'
import { type GateFacts, refuse } from './gate.ts'

const calm: GateFacts = {
  now: NOW,
  open: [],
  shift: { number: 1, openedAt: NOW - HOUR },
  cash: kopecks(10_000),
  skoCash: kopecks(10_000),
  oldestUnsentAt: null,
  terminal: true,
  reversals: 0,
}
const none = kopecks(0)
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
  ['shift over 24 h', { shift: { number: 1, openedAt: NOW - DAY - 1 } }, '- - - - + - +'],
  ['oldest unsent over 7 days', { oldestUnsentAt: NOW - 7 * DAY - 1 }, '- - - - - - -'],
  ['СКО > БД', { skoCash: kopecks(10_500) }, '+ + + + - - -'],
  ['БД > СКО', { skoCash: kopecks(9_500) }, '+ - - + - - -'],
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
      const refusal = refuse(given, { kind, cash: kopecks(closing ? 0 : 500), card: none })
      const may = expected.split(' ')[i] === '+'
      assert.equal(refusal === null, may, `${kind}: ${refusal?.code}`)
    }
  })
}

test('every kind has its column', () => {
  assert.deepEqual([...columns].sort(), [...kindNames].sort())
})

test('the refusal names the operation that stands in the way', () => {
  const refusal = refuse({ ...calm, open: [red] }, { kind: 'sale', cash: kopecks(1), card: none })
  assert.equal(refusal?.code, 'operation.red')
  assert.equal(refusal?.operation, red)
  const waiting = anOperation({ state: { is: 'waiting', reached: 'no' } })
  const other = refuse({ ...calm, open: [waiting] }, { kind: 'sale', cash: kopecks(1), card: none })
  assert.equal(other?.code, 'operation.open')
})

test('a drawer gives no more than it holds, and must be empty at closing', () => {
  const wish = { kind: 'withdrawal', cash: kopecks(10_001), card: none } as const
  assert.deepEqual(refuse(calm, wish), { code: 'drawer.not-enough', sum: 10_000 })
  assert.equal(refuse(calm, { ...wish, cash: kopecks(10_000) }), null)
  const closing = refuse(calm, { kind: 'shift-closing', cash: none, card: none })
  assert.deepEqual(closing, { code: 'drawer.not-empty', sum: 10_000 })
})

test('a refund to a card needs no cash, whatever the discrepancy', () => {
  const facts = { ...calm, skoCash: kopecks(9_500) }
  assert.equal(refuse(facts, { kind: 'refund', cash: none, card: kopecks(5) }), null)
})

test('a card needs a terminal, and waits for the reversals before it; cash does not (R8)', () => {
  const card = { kind: 'sale', cash: none, card: kopecks(500) } as const
  const cash = { kind: 'sale', cash: kopecks(500), card: none } as const
  assert.equal(refuse(calm, card), null)
  assert.equal(refuse({ ...calm, terminal: false }, card)?.code, 'card.no-terminal')
  assert.equal(refuse({ ...calm, reversals: 1 }, card)?.code, 'reversal.pending')
  assert.equal(refuse({ ...calm, reversals: 1, terminal: false }, cash), null)
})
