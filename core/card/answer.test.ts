import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OperationId } from '#core/id.ts'
import { decode, encode, LONGEST_MESSAGE, type Message } from '#core/iso8583/codec.ts'
import { kopecks } from '#core/money.ts'
import { NOW } from '#test/fixtures.ts'
import {
  type BankReply,
  type Fate,
  LISTING_PAGE,
  readFinancialAnswer,
  readInquiryAnswer,
  readListingAnswer,
  readNetworkAnswer,
  readReconciliationAnswer,
  readReversalAnswer,
  writeAnswer,
} from './answer.ts'
import { type Movement, noTotals, totalsOf } from './business-day.ts'
import { markOf, type TerminalRequest, writeRequest } from './request.ts'
import type { Rrn } from './rrn.ts'

const operation = '0197a2b4-0000-7000-8000-000000000001' as OperationId
const approval = {
  code: '000',
  rrn: '305307145595' as Rrn,
  auth: '060914',
  day: 7,
  sum: kopecks(1250),
} as const

const ask = (request: TerminalRequest): Message =>
  writeRequest({
    terminal: { terminal: 'T1', merchant: 'M1', acquirer: '1', category: '5411' },
    mark: markOf(42, Date.UTC(2026, 10, 23)),
    request,
  })

const purchase = ask({
  kind: 'purchase',
  operation,
  sum: kopecks(1250),
  receipt: 3,
  original: null,
  card: { pan: '9999990000000014', expiry: '4912', entry: 'chip' },
})
const reversal = ask({
  kind: 'reversal',
  of: 'purchase',
  operation,
  sum: kopecks(1250),
  receipt: 3,
  rrn: null,
  repeat: true,
  original: markOf(41, Date.UTC(2026, 10, 22)),
  reason: 'no-answer',
})
const inquiry = ask({ kind: 'inquiry', operation })
const listing = ask({ kind: 'listing', day: 7, after: 0 })
const closing = ask({ kind: 'reconciliation', day: 7, totals: noTotals, repeat: false })
const echo = ask({ kind: 'echo' })

function answer(asked: Message, reply: BankReply): Message {
  const message = writeAnswer(asked, reply, NOW)
  assert.ok(message)
  const encoded = encode(message)
  assert.ok(encoded.kind === 'bytes', JSON.stringify(encoded))
  const decoded = decode(encoded.bytes)
  assert.ok(decoded.kind === 'message')
  return decoded.message
}

test('an approval brings RRN, approval code and business day; no card number goes back', () => {
  const got = answer(purchase, { code: '000', approval })
  assert.deepEqual(readFinancialAnswer(purchase, got), { kind: 'approved', ...approval })
  assert.equal(got.fields[7], '1123090000')
  assert.equal(got.fields[2], undefined)
  assert.equal(got.fields[14], undefined)
})

test('a decline brings twelve zeros and no approval code', () => {
  const got = answer(purchase, { code: '126', day: 7 })
  assert.deepEqual(readFinancialAnswer(purchase, got), { kind: 'declined', code: '126' })
  assert.equal(got.fields[37], '000000000000')
  assert.equal(got.fields[38], undefined)
})

test('what tells nothing to rely on is unclear, never «no»', () => {
  for (const code of ['913', '909', '002', '911'] as const) {
    const got = answer(purchase, { code })
    assert.deepEqual(readFinancialAnswer(purchase, got), { kind: 'unclear', code })
  }
  const unlisted = { ...purchase, type: '1210' as const }
  const got = { ...unlisted, fields: { ...unlisted.fields, 39: '777' } }
  assert.deepEqual(readFinancialAnswer(purchase, got), { kind: 'unclear', code: '777' })
  const empty = answer(purchase, { code: '000' })
  assert.deepEqual(readFinancialAnswer(purchase, empty), { kind: 'unclear', code: '000' })
})

for (const [told, change, sum] of [
  ['a part', { 4: '000000001000' }, kopecks(1000)],
  ['more', { 4: '000000001251' }, kopecks(1251)],
  ['another currency', { 49: '840' }, null],
] as const) {
  test(`the sum of an approval is the one that the bank tells: ${told}`, () => {
    for (const [asked, reply] of [
      [purchase, { code: '002', approval: { ...approval, code: '002' } }],
      [inquiry, { code: '600', fate: { fate: 'approved', ...approval, code: '002' } }],
    ] as const) {
      const got = answer(asked, reply)
      const bent = { ...got, fields: { ...got.fields, ...change } }
      const read =
        asked === purchase ? readFinancialAnswer(asked, bent) : readInquiryAnswer(asked, bent)
      assert.ok('rrn' in read && read.code === '002')
      assert.equal(read.sum, sum)
    }
  })
}

test('the answer about another day or in another currency closes and lists nothing', () => {
  for (const [asked, reply, field] of [
    [closing, { code: '500', totals: noTotals }, 29],
    [closing, { code: '500', totals: noTotals }, 50],
    [listing, { code: '600', movements: [], after: null }, 29],
  ] as const) {
    const got = answer(asked, reply)
    const bent = { ...got, fields: { ...got.fields, [field]: '008' } }
    const read =
      asked === closing ? readReconciliationAnswer(asked, bent) : readListingAnswer(asked, bent)
    assert.deepEqual(read, { kind: 'foreign', field })
  }
})

test('an answer to another question is foreign by the field that differs', () => {
  const got = answer(purchase, { code: '000', approval })
  const bent = (field: number, value: string) => ({
    ...got,
    fields: { ...got.fields, [field]: value },
  })
  const foreign = (message: Message) => {
    const read = readFinancialAnswer(purchase, message)
    return read.kind === 'foreign' && read.field
  }
  assert.equal(foreign(bent(11, '000041')), 11)
  assert.equal(foreign(bent(12, '260101000000')), 12)
  assert.equal(foreign(bent(41, 'T2      ')), 41)
  assert.equal(foreign(bent(62, operation.replace('1', '2'))), 62)
  assert.equal(foreign(bent(3, '200000')), 3)
  assert.equal(foreign(answer(reversal, { code: '400' })), 0)
})

test('a reversal is told final by 400, by 914 and by a refusal; the rest is repeated', () => {
  const read = (reply: BankReply) => readReversalAnswer(reversal, answer(reversal, reply))
  assert.deepEqual(read({ code: '400', day: 8 }), { kind: 'reversed', day: 8 })
  assert.deepEqual(read({ code: '400' }), { kind: 'reversed', day: null })
  assert.deepEqual(read({ code: '914' }), { kind: 'not-found' })
  assert.deepEqual(read({ code: '902' }), { kind: 'refused', code: '902' })
  assert.deepEqual(read({ code: '909' }), { kind: 'unclear', code: '909' })
  assert.equal(answer(reversal, { code: '400' }).fields[56], reversal.fields[56])
})

const fates: Fate[] = [
  { fate: 'approved', ...approval },
  { fate: 'reversed', ...approval, sum: kopecks(700) },
  { fate: 'declined', code: '116' },
  { fate: 'never', fenced: false },
  { fate: 'never', fenced: true },
]
for (const fate of fates) {
  test(`an inquiry is told ${JSON.stringify(fate)}`, () => {
    const got = answer(inquiry, { code: '600', fate })
    assert.deepEqual(readInquiryAnswer(inquiry, got), { kind: 'told', ...fate })
  })
}

test('an inquiry answered with half a fate is unclear', () => {
  const got = answer(inquiry, { code: '600', fate: fates[0] })
  for (const field of [4, 29, 37, 38, 48]) {
    const fields = { ...got.fields }
    delete fields[field]
    assert.equal(readInquiryAnswer(inquiry, { ...got, fields }).kind, 'unclear')
  }
  const noDay = { ...got, fields: { ...got.fields, 29: '000' } }
  assert.equal(readInquiryAnswer(inquiry, noDay).kind, 'unclear')
  const refused = readInquiryAnswer(inquiry, answer(inquiry, { code: '904', why: 'field 62' }))
  assert.deepEqual(refused, { kind: 'refused', code: '904' })
})

test('a page of a listing fits a message and is read whole', () => {
  const movements: Movement[] = Array.from({ length: LISTING_PAGE }, (_, i) => ({
    operation,
    kind: i % 2 === 0 ? 'purchase' : 'refund-void',
    reversal: i % 3 === 0,
    sum: kopecks(999_999_999_999),
  }))
  const got = answer(listing, { code: '600', movements, after: 999_999_999 })
  assert.ok((got.fields[48] ?? '').length < LONGEST_MESSAGE)
  const read = readListingAnswer(listing, got)
  assert.deepEqual(read, { kind: 'listed', movements, after: 999_999_999 })
  const empty = readListingAnswer(listing, answer(listing, { code: '600', after: null }))
  assert.deepEqual(empty, { kind: 'listed', movements: [], after: null })
  const bent = { ...got, fields: { ...got.fields, 48: '05003PO/' } }
  assert.equal(readListingAnswer(listing, bent).kind, 'unclear')
})

test('a reconciliation tells the bank’s totals', () => {
  const totals = totalsOf([
    { operation, kind: 'refund', reversal: false, sum: kopecks(500) },
    { operation, kind: 'purchase', reversal: true, sum: kopecks(5) },
  ])
  const read = (reply: BankReply) => readReconciliationAnswer(closing, answer(closing, reply))
  assert.deepEqual(read({ code: '501', totals }), { kind: 'differs', totals })
  assert.deepEqual(read({ code: '500', totals: noTotals }), { kind: 'balanced', totals: noTotals })
  assert.deepEqual(read({ code: '915' }), { kind: 'refused', code: '915' })
})

test('sign-on tells the business day', () => {
  const got = answer(echo, { code: '800', day: 7 })
  assert.deepEqual(readNetworkAnswer(echo, got), { kind: 'connected', day: 7 })
})
