import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aDocument, aKey, anOperation, NOW, sealWith } from '#test/fixtures.ts'
import { uidOf } from '../document/uid.ts'
import { kopecks } from '../money.ts'
import { cardPart } from './card-part.ts'
import { messageOf, noticeOf } from './message.ts'
import type { Operation, Proof, State } from './operation.ts'

const failed = (code: string, proof: Proof = 'proved'): State => ({
  is: 'failed',
  code,
  facts: { line: 3 },
  proof,
})
const red = (stage: 'authorisation' | 'fiscal' = 'fiscal'): State => ({
  is: 'red',
  stage,
  lacks: false,
})
type Row = [Partial<Operation>, string, object]

// Which step helps is decided here; how it is said stands in core/words.
const rows: Row[] = [
  [
    { kind: 'shift-opening', state: { is: 'warned', reason: 'долг', until: 60_000 } },
    'shift.warned',
    { kind: 'shift-opening', said: 'долг', at: 60_000, step: 'wait-window' },
  ],
  [{ state: { is: 'waiting', reached: 'no' } }, 'sko.lost', { step: 'connect-sko' }],
  [{ state: { is: 'asking', stage: 'fiscal' } }, 'operation.asking', { step: 'wait-seconds' }],
  [
    { state: { is: 'registered', by: 'person', proof: 'unproved' } },
    'operation.unproved',
    { step: 'will-be-checked' },
  ],
  [
    { state: { is: 'registered', by: 'person', proof: 'disproved' } },
    'operation.disproved',
    { step: 'correct' },
  ],
  [{ state: { is: 'reversing', held: true } }, 'operation.held', { step: 'money-later' }],
  [
    { state: { is: 'reversing', held: true }, kind: 'refund' },
    'operation.held',
    { step: 'undoing-later' },
  ],
  [{ state: { is: 'reversing', held: false } }, 'operation.reversing', { step: 'nothing' }],
  [
    { state: { is: 'reversing', held: false }, authorisation: 'approved' },
    'operation.reversing',
    { step: 'nothing-check-counters' },
  ],
  [{ state: red() }, 'operation.red', { step: 'ask-operator' }],
  [{ state: red('authorisation') }, 'operation.red', { reason: 'bank-unknown', step: 'ask-bank' }],
  [
    { state: red(), authorisation: 'approved' },
    'operation.red',
    { reason: 'discrepancy', step: 'ask-operator' },
  ],
  ...(
    [
      ['sale', 'bank.unreachable', 'check-line-or-cash'],
      ['refund', 'bank.unreachable', 'check-line'],
      ['sale', 'bank.never', 'again'],
      ['refund', 'card.late', 'again'],
      ['sale', 'card.late', 'other-card'],
      ['refund', 'bank.116', 'call-bank'],
      ['annulment', 'bank.116', 'refund-instead'],
      ['sale', 'bank.116', 'other-card'],
      ['sale', 'TIN_ZERO_SUM', 'remove-cause'],
      ['sale', 'no.bank.116', 'remove-cause'],
      ['sale', 'operation.given-up', 'check-counters'],
      ['sale', 'operation.denied', 'check-counters'],
    ] as const
  ).map(([kind, code, step]): Row => [{ kind, state: failed(code) }, code, { line: 3, step }]),
  [
    { state: failed('operation.denied', 'unproved') },
    'operation.denied',
    { line: 3, reason: 'unproved', step: 'will-be-checked' },
  ],
  [
    { state: failed('operation.given-up', 'unproved') },
    'operation.given-up',
    { line: 3, step: 'check-counters' },
  ],
]

test('each state tells its code, and the step that helps', () => {
  for (const [change, code, facts] of rows) {
    const operation = anOperation(change)
    const expected = { code, facts: { kind: operation.kind, ...facts } }
    assert.deepEqual(messageOf(operation, kopecks(0)), expected)
  }
  const silent: State[] = [
    { is: 'intended', stage: 'fiscal' },
    { is: 'cancelled' },
    { is: 'registered', by: 'sko', proof: 'proved' },
  ]
  for (const state of silent) assert.equal(messageOf(anOperation({ state }), null), null)
})

test('a discrepancy of cash is told with a red receipt, either way (R10)', () => {
  const reason = (sum: number | null) =>
    messageOf(anOperation({ state: red() }), sum === null ? null : kopecks(sum))?.facts.reason
  assert.deepEqual([null, 0, 1, -1].map(reason), [
    undefined,
    undefined,
    'discrepancy',
    'discrepancy',
  ])
})

const document = aDocument({ number: 15 })
const signed = { document, sealed: sealWith(document, aKey()) }
const uid = uidOf('0123456789abcdef', 100_000_001)
const claim = { number: 14, at: { from: NOW, until: NOW + 1 }, uid }
const done: State = { is: 'registered', by: 'operator', proof: 'proved' }

test('a notice tells how it ended, and in its colour whether anything is left to do', () => {
  const told = (change: Partial<Operation>) => noticeOf(anOperation(change))
  const kind = 'sale'
  const sum = 1250
  assert.equal(told({ state: done }), null)
  assert.deepEqual(told({ notice: 'cleared', state: done, signed }), {
    tone: 'green',
    code: 'registered',
    facts: { kind, sum, by: 'operator', number: 15 },
  })
  assert.deepEqual(told({ notice: 'cleared', state: { is: 'cancelled' } }), {
    tone: 'amber',
    code: 'undone',
    facts: { kind, sum },
  })
  assert.deepEqual(told({ notice: 'cleared', state: failed('TIN_ZERO_SUM') }), {
    tone: 'amber',
    code: 'failed',
    facts: { kind, line: 3, sum, code: 'TIN_ZERO_SUM' },
  })
  const adopted = { tone: 'amber', code: 'adopted', facts: { kind, sum, number: 15 } }
  assert.deepEqual(told({ notice: 'adopted', state: done, signed }), adopted)
  const otherwise = { ...adopted, code: 'adopted-otherwise' }
  assert.deepEqual(told({ notice: 'adopted', state: done, signed, claim }), otherwise)
})

test('a wrong word names what is to be put right: the card’s money, the drawer’s', () => {
  const state: State = { is: 'registered', by: 'person', proof: 'disproved' }
  const card = cardPart('purchase', kopecks(1250))
  const means = (change: Partial<Operation>) =>
    noticeOf(anOperation({ notice: 'contradicted', state, claim, ...change }))
  const facts = { kind: 'sale', sum: 1250 }
  const told = { tone: 'red', code: 'contradicted' }
  assert.deepEqual(means({}), { ...told, facts: { ...facts, means: ['cash'] } })
  const byCard = means({ card, payments: [{ means: 'card', sum: kopecks(1250) }] })
  assert.deepEqual(byCard, { ...told, facts: { ...facts, means: ['card'] } })
  const reversal = { done: false, day: null, code: '902' }
  const left = noticeOf(anOperation({ notice: 'unreversed', card: { ...card, reversal } }))
  const expected = { tone: 'red', code: 'unreversed', facts: { ...facts, code: '902' } }
  assert.deepEqual(left, expected)
})
