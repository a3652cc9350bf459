import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { OperationId } from '#core/id.ts'
import { type FinancialKind, financialKindNames, financialKinds } from '#core/iso8583/fields.ts'
import { kopecks } from '#core/money.ts'
import { NOW } from '#test/fixtures.ts'
import { authorise, type BookEntry, type Card, reverse } from './host.ts'
import { type Rrn, rrn } from './rrn.ts'

// A bank in memory over the same decisions, driven by everything that may come in any order.

const OPENING = 100_000
const card: Card = {
  id: 'card',
  masked: '',
  issuer: '',
  expiry: '4912',
  balance: kopecks(OPENING),
  limit: null,
  partial: false,
  declines: null,
  delayMs: 0,
}

type Step =
  | { is: 'operation'; id: number; kind: FinancialKind; of: number; sum: number }
  | { is: 'reversal'; id: number }
  | { is: 'new-day' }

const id = fc.nat(7)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      is: fc.constant('operation' as const),
      id,
      kind: fc.constantFrom(...financialKindNames),
      of: id,
      sum: fc.constantFrom(100, 60, 40),
    }),
  },
  { weight: 4, arbitrary: fc.record({ is: fc.constant('reversal' as const), id }) },
  { weight: 1, arbitrary: fc.constant({ is: 'new-day' as const }) },
)

const name = (n: number) => `operation-${n}` as OperationId
const rrnFor = (n: number) => String(n + 1).padStart(12, '0') as Rrn

type State = {
  entries: Map<string, BookEntry>
  fences: Set<string>
  balance: number
  day: number
}
const terminalOf = ({ day }: State) => ({ terminal: 'T', merchant: 'M', day })
const approvedOf = ({ entries }: State) => [...entries.values()].filter(({ rrn }) => rrn !== null)

function operate(state: State, { id, kind, of, sum }: Extract<Step, { is: 'operation' }>): string {
  const { entries, fences, balance, day } = state
  const operation = name(id)
  const original = financialKinds[kind].of === null ? null : rrnFor(of)
  const family = approvedOf(state)
  const verdict = authorise(
    {
      kind,
      operation,
      sum: kopecks(sum),
      receipt: id,
      original,
      card: { pan: '9999990000000014', expiry: '4912', entry: 'chip' },
    },
    {
      terminal: terminalOf(state),
      fenced: fences.has(operation),
      shown: 'card',
      family,
      known: entries.get(operation) ?? null,
      card: { ...card, balance: kopecks(balance) },
      original: family.find((each) => each.rrn !== null && each.rrn === original) ?? null,
      ordered: null,
      now: NOW,
    },
  )
  if (verdict.do === 'repeat') return `${verdict.entry.code} ${verdict.entry.rrn}`
  if (verdict.do === 'reject') return verdict.code
  const reference = verdict.do === 'approve' ? rrnFor(id) : null
  const entry: BookEntry = {
    terminal: 'T',
    merchant: 'M',
    operation,
    kind,
    asked: kopecks(sum),
    sum: kopecks(sum),
    receipt: id,
    card: 'card',
    original,
    day,
    rrn: reference,
    auth: reference && '000001',
    code: verdict.do === 'approve' ? '000' : verdict.code,
    reversedOn: null,
  }
  entries.set(operation, entry)
  if (verdict.do === 'approve') state.balance += verdict.moves
  return `${entry.code} ${entry.rrn}`
}

function undo(state: State, id: number): string {
  const { entries, fences, day } = state
  const operation = name(id)
  const known = entries.get(operation) ?? null
  const { kind: of, sum } = known ?? { kind: 'purchase', sum: kopecks(100) }
  const verdict = reverse(
    {
      kind: 'reversal',
      of,
      original: { stan: 1, at: NOW },
      operation,
      rrn: null,
      sum,
      receipt: id,
      reason: 'no-answer',
      repeat: false,
    },
    { fenced: fences.has(operation), known, family: approvedOf(state) },
  )
  if (verdict.do === 'fence') fences.add(operation)
  if (verdict.do !== 'reverse') return verdict.do === 'fence' ? '914' : verdict.code
  entries.set(operation, { ...verdict.entry, reversedOn: day })
  state.balance += verdict.moves
  return '400'
}

function aBank() {
  const state: State = { entries: new Map(), fences: new Set(), balance: OPENING, day: 1 }
  return {
    state,
    take: (step: Step): string => {
      if (step.is === 'operation') return operate(state, step)
      if (step.is === 'reversal') return undo(state, step.id)
      state.day += 1
      return ''
    },
  }
}

/** The card holds what its living operations say, and no purchase gave back more than it took. */
function holds(state: State): void {
  const { balance, fences, entries } = state
  const approved = approvedOf(state)
  const live = approved.filter(({ reversedOn }) => reversedOn === null)
  const moved = (entry: BookEntry) =>
    financialKinds[entry.kind].side === 'debit' ? -entry.sum : entry.sum
  assert.equal(balance, OPENING + live.reduce((total, entry) => total + moved(entry), 0))
  for (const purchase of approved.filter(({ kind }) => kind === 'purchase')) {
    const refunds = live.filter(({ original }) => original === purchase.rrn)
    const voids = live.filter(({ original }) => refunds.some((each) => each.rrn === original))
    const net =
      (purchase.reversedOn === null ? -purchase.sum : 0) +
      [...refunds, ...voids].reduce((total, entry) => total + moved(entry), 0)
    assert.ok(net <= 0 && net >= -purchase.sum, `purchase left with ${net}`)
  }
  for (const fenced of fences) assert.equal(entries.get(fenced)?.rrn ?? null, null)
}

test('whatever comes in whatever order, money is neither made nor lost', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const bank = aBank()
      for (const each of steps) {
        bank.take(each)
        holds(bank.state)
      }
    }),
    { numRuns: 3000 },
  )
})

test('any repeat of an operation or a reversal gets the same answer and moves nothing', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const bank = aBank()
      for (const each of steps) {
        const first = bank.take(each)
        if (each.is === 'new-day') continue
        const before = bank.state.balance
        assert.equal(bank.take(each), first)
        assert.equal(bank.state.balance, before)
      }
    }),
    { numRuns: 2000 },
  )
})

test('a reference of the model is an RRN', () => assert.ok(rrn(rrnFor(0))))
