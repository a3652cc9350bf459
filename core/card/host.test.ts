import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OperationId } from '#core/id.ts'
import type { FinancialKind } from '#core/iso8583/fields.ts'
import { type Kopecks, kopecks } from '#core/money.ts'
import { NOW } from '#test/fixtures.ts'
import { authorise, type BookEntry, type Card, fateOf, type HostFacts, reverse } from './host.ts'
import type { Financial, Reversal } from './request.ts'
import type { Rrn } from './rrn.ts'

const PAN = '9999990000000014'
const operation = '0197a2b4-0000-7000-8000-000000000001' as OperationId

const aCard = (change: Partial<Card> = {}): Card => ({
  id: 'card-1',
  masked: '999999******0014',
  issuer: 'ЗАО "МТБАНК"',
  expiry: '4912',
  balance: kopecks(10_000),
  limit: null,
  partial: false,
  declines: null,
  delayMs: 0,
  ...change,
})

const aPurchase = (change: Partial<Financial> = {}): Financial => ({
  kind: 'purchase',
  operation,
  sum: kopecks(1250),
  receipt: 3,
  original: null,
  card: { pan: PAN, expiry: '4912', entry: 'chip' },
  ...change,
})

const anEntry = (change: Partial<BookEntry> = {}): BookEntry => ({
  terminal: 'T1',
  merchant: 'M1',
  operation,
  kind: 'purchase',
  asked: change.sum ?? kopecks(1250),
  sum: kopecks(1250),
  receipt: 3,
  card: 'card-1',
  original: null,
  day: 4,
  code: '000',
  auth: '060914',
  rrn: '305307145595' as Rrn,
  reversedOn: null,
  ...change,
})

const facts = (change: Partial<HostFacts> = {}): HostFacts => ({
  terminal: { terminal: 'T1', merchant: 'M1', day: 4 },
  fenced: false,
  known: null,
  shown: 'card-1',
  card: aCard(),
  original: null,
  family: [],
  ordered: null,
  now: NOW,
  ...change,
})

const decide = (request: Financial, known: HostFacts) => {
  const verdict = authorise(request, known)
  if (verdict.do === 'approve') return `${verdict.moves}`
  return verdict.do === 'repeat' ? 'repeat' : `${verdict.do} ${verdict.code}`
}

const purchases: [string, Financial, HostFacts, string][] = [
  ['a good card', aPurchase(), facts(), '-1250'],
  ['a sum of nothing', aPurchase({ sum: kopecks(0) }), facts(), 'decline 110'],
  [
    'a number with a wrong check digit',
    aPurchase({ card: { pan: '9999990000000015', expiry: '4912', entry: 'manual' } }),
    facts({ card: null }),
    'decline 111',
  ],
  ['a card that nobody knows', aPurchase(), facts({ card: null }), 'decline 118'],
  ['an expired card', aPurchase(), facts({ card: aCard({ expiry: '2610' }) }), 'decline 101'],
  [
    'a card in the last month of its life',
    aPurchase({ card: { pan: PAN, expiry: '2611', entry: 'chip' } }),
    facts({ card: aCard({ expiry: '2611' }) }),
    '-1250',
  ],
  [
    'another expiry than the card’s',
    aPurchase({ card: { pan: PAN, expiry: '4911', entry: 'stripe' } }),
    facts(),
    'decline 129',
  ],
  ['a wrong PIN', aPurchase(), facts({ card: aCard({ declines: '117' }) }), 'decline 117'],
  ['a blocked card', aPurchase(), facts({ card: aCard({ declines: '104' }) }), 'decline 104'],
  ['a limit', aPurchase(), facts({ card: aCard({ limit: kopecks(1249) }) }), 'decline 121'],
  ['a sum at the limit', aPurchase(), facts({ card: aCard({ limit: kopecks(1250) }) }), '-1250'],
  [
    'too little money',
    aPurchase(),
    facts({ card: aCard({ balance: kopecks(1249) }) }),
    'decline 116',
  ],
  ['the last money', aPurchase(), facts({ card: aCard({ balance: kopecks(1250) }) }), '-1250'],
  ['an ordered decline', aPurchase(), facts({ ordered: '126' }), 'decline 126'],
  ['a reversal that came first', aPurchase(), facts({ fenced: true }), 'decline 902'],
  ['the same operation again', aPurchase(), facts({ known: anEntry() }), 'repeat'],
  [
    'the same operation after its reversal',
    aPurchase(),
    facts({ known: anEntry({ reversedOn: 4 }) }),
    'repeat',
  ],
  [
    'the same declined operation, though the card could pay now',
    aPurchase(),
    facts({ known: anEntry({ code: '116', rrn: null, auth: null }) }),
    'repeat',
  ],
  [
    'the same id with another sum',
    aPurchase({ sum: kopecks(1251) }),
    facts({ known: anEntry() }),
    'reject 913',
  ],
  [
    'the same id with another card',
    aPurchase(),
    facts({ known: anEntry(), shown: 'card-2' }),
    'reject 913',
  ],
  [
    'the same id with another receipt',
    aPurchase({ receipt: 4 }),
    facts({ known: anEntry() }),
    'reject 913',
  ],
]

for (const [what, request, known, outcome] of purchases) {
  test(`purchase, ${what}: ${outcome}`, () => assert.equal(decide(request, known), outcome))
}

const original = anEntry({ operation: 'purchase' })
const refund = (change: Partial<BookEntry> = {}): BookEntry =>
  anEntry({
    operation: 'refund',
    kind: 'refund',
    sum: kopecks(1000),
    rrn: '305307000002' as Rrn,
    original: original.rrn,
    ...change,
  })
const voided = anEntry({
  operation: 'void',
  kind: 'void',
  rrn: '305307000003' as Rrn,
  original: original.rrn,
})
const refundVoid = (change: Partial<BookEntry> = {}): BookEntry =>
  anEntry({
    operation: 'refund-void',
    kind: 'refund-void',
    sum: kopecks(1000),
    rrn: '305307000004' as Rrn,
    original: refund().rrn,
    ...change,
  })

const giving = (kind: FinancialKind, sum: number, of: BookEntry): Financial =>
  aPurchase({ kind, sum: kopecks(sum), original: of.rrn, card: null })
const given = (change: Partial<HostFacts> = {}): HostFacts =>
  facts({ shown: null, original, family: [original], ...change })

const givings: [string, Financial, HostFacts, string][] = [
  ['the whole', giving('refund', 1250, original), given(), '1250'],
  ['more than was charged', giving('refund', 1251, original), given(), 'decline 110'],
  [
    'more than is left',
    giving('refund', 251, original),
    given({ family: [original, refund()] }),
    'decline 110',
  ],
  ['what is left', giving('refund', 250, original), given({ family: [original, refund()] }), '250'],
  [
    'the whole after a refund that was undone',
    giving('refund', 1250, original),
    given({ family: [original, refund({ reversedOn: 4 })] }),
    '1250',
  ],
  [
    'the whole after a refund that was voided',
    giving('refund', 1250, original),
    given({ family: [original, refund(), refundVoid()] }),
    '1250',
  ],
  [
    'nothing of a reversed purchase',
    giving('refund', 1, original),
    given({ original: { ...original, reversedOn: 4 }, family: [{ ...original, reversedOn: 4 }] }),
    'decline 902',
  ],
  [
    'nothing of a voided purchase',
    giving('refund', 1, original),
    given({ family: [original, voided] }),
    'decline 902',
  ],
  ['of nothing known', giving('refund', 1, original), given({ original: null }), 'decline 914'],
  [
    'of a refund',
    giving('refund', 1, refund()),
    given({ original: refund(), family: [original, refund()] }),
    'decline 602',
  ],
  ['to another card', giving('refund', 1, original), given({ shown: 'card-2' }), 'decline 603'],
  [
    'of a purchase of another day, at another terminal',
    giving('refund', 1250, original),
    given({ original: { ...original, terminal: 'T2', day: 1 } }),
    '1250',
  ],
  ['void of the whole', giving('void', 1250, original), given(), '1250'],
  ['void of a part', giving('void', 1249, original), given(), 'decline 110'],
  [
    'void of another day',
    giving('void', 1250, original),
    given({ original: { ...original, day: 3 } }),
    'decline 902',
  ],
  [
    'void at another terminal',
    giving('void', 1250, original),
    given({ original: { ...original, terminal: 'T2' } }),
    'decline 902',
  ],
  [
    'void after a refund',
    giving('void', 1250, original),
    given({ family: [original, refund()] }),
    'decline 902',
  ],
  [
    'void of a refund',
    giving('refund-void', 1000, refund()),
    given({ original: refund(), family: [original, refund()] }),
    '-1000',
  ],
]

for (const [what, request, known, outcome] of givings) {
  test(`giving back ${what}: ${outcome}`, () => assert.equal(decide(request, known), outcome))
}

const undo = (of: BookEntry): Reversal => ({
  kind: 'reversal',
  of: of.kind,
  original: { stan: 1, at: NOW },
  operation,
  sum: of.sum,
  receipt: 3,
  rrn: null,
  reason: 'no-answer',
  repeat: false,
})

const undone = (
  of: BookEntry,
  known: BookEntry | null,
  { family = known ? [known] : [], fenced = false } = {},
) => {
  const verdict = reverse(undo(of), { fenced, known, family })
  if (verdict.do === 'reverse') return `${verdict.moves}`
  return verdict.do === 'fence' ? 'fence' : `${verdict.do} ${verdict.code}`
}

test('a reversal gives back what a purchase took and takes what a refund gave', () => {
  assert.equal(undone(original, original), '1250')
  assert.equal(undone(refund(), refund(), { family: [original, refund()] }), '-1000')
  assert.equal(undone(voided, voided, { family: [original, voided] }), '-1250')
  const all = [original, refund(), refundVoid()]
  assert.equal(undone(refundVoid(), refundVoid(), { family: all }), '1000')
})

test('a reversal of what was undone or never charged is answered as done', () => {
  const reversed = { ...original, reversedOn: 3 }
  assert.equal(undone(original, reversed), 'answer 400')
  const declined = anEntry({ code: '116', rrn: null, auth: null })
  assert.equal(undone(original, declined), 'answer 400')
})

test('a reversal that comes first fences its operation and is answered 914 for ever', () => {
  assert.equal(undone(original, null), 'fence')
  assert.equal(undone(original, null, { fenced: true }), 'answer 914')
  const late = anEntry({ code: '902', rrn: null, auth: null })
  assert.equal(undone(original, late, { fenced: true }), 'answer 914')
})

test('what others hang on is not undone from under them', () => {
  assert.equal(undone(original, original, { family: [original, refund()] }), 'reject 902')
  assert.equal(undone(original, original, { family: [original, voided] }), 'reject 902')
  const second = refund({ operation: 'other', rrn: '305307000005' as Rrn })
  const family = [original, refund(), refundVoid(), second]
  assert.equal(undone(refundVoid(), refundVoid(), { family }), 'reject 902')
})

test('a reversal of other content is an error', () => {
  const other: Kopecks = kopecks(1)
  assert.equal(undone(original, { ...original, asked: other }), 'reject 913')
  assert.equal(undone(original, { ...original, kind: 'refund' }), 'reject 913')
})

test('an inquiry is told approved, reversed, declined, never seen and never to be', () => {
  const { code, rrn, auth, sum } = original
  const approval = { code, rrn, auth, sum }
  assert.deepEqual(fateOf(original, false), { fate: 'approved', ...approval, day: 4 })
  const reversed = { ...original, day: 1000, reversedOn: 1001 }
  assert.deepEqual(fateOf(reversed, false), { fate: 'reversed', ...approval, day: 1 })
  const declined = anEntry({ code: '116', rrn: null, auth: null })
  assert.deepEqual(fateOf(declined, false), { fate: 'declined', code: '116' })
  assert.deepEqual(fateOf(null, false), { fate: 'never', fenced: false })
  assert.deepEqual(fateOf(null, true), { fate: 'never', fenced: true })
})
