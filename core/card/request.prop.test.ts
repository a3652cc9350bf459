import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { OperationId } from '#core/id.ts'
import { decode, encode, type Message } from '#core/iso8583/codec.ts'
import {
  entryModes,
  financialKindNames,
  financialKinds,
  messageTypes,
  reversalReasons,
} from '#core/iso8583/fields.ts'
import { kopecks } from '#core/money.ts'
import { type DayTotals, noTotals, totalsOf } from './business-day.ts'
import {
  type Mark,
  markOf,
  readRequest,
  type Sent,
  type TerminalRequest,
  writeRequest,
} from './request.ts'
import type { Rrn } from './rrn.ts'

const digits = (minLength: number, maxLength = minLength) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength, maxLength })
const words = (maxLength: number) =>
  fc
    .string({ unit: fc.constantFrom(...'ABCxyz019-'), minLength: 1, maxLength })
    .filter((text) => text !== '')
const keys = <T extends object>(table: T) => fc.constantFrom(...(Object.keys(table) as (keyof T)[]))

const operation = fc.uuid().map((id) => id.toLowerCase() as OperationId)
const sum = fc.integer({ min: 0, max: 999_999_999_999 }).map(kopecks)
const receipt = fc.integer({ min: 0, max: 999_999_999 })
const anRrn = digits(12).filter((text) => /[1-9]/.test(text)) as fc.Arbitrary<Rrn>
const day = fc.integer({ min: 1, max: 999 })
const from = Date.UTC(2001, 0, 1)
const mark: fc.Arbitrary<Mark> = fc
  .record({
    stan: fc.integer({ min: 1, max: 999_999 }),
    at: fc.integer({ min: from, max: Date.UTC(2099, 0, 1) }),
  })
  .map(({ stan, at }) => markOf(stan, at))
const cardRead = fc.record({
  pan: digits(13, 19),
  expiry: digits(4),
  entry: keys(entryModes),
})
const movement = fc.record({
  operation,
  kind: fc.constantFrom(...financialKindNames),
  reversal: fc.boolean(),
  sum,
})
const totals = fc.array(movement, { maxLength: 9 }).map(totalsOf)

const financial = fc
  .record({
    kind: fc.constantFrom(...financialKindNames),
    operation,
    sum,
    receipt,
    card: fc.option(cardRead, { nil: null }),
    read: cardRead,
    rrn: anRrn,
  })
  .map(({ card, read, rrn, ...rest }) => ({
    ...rest,
    card: rest.kind === 'purchase' ? read : card,
    original: financialKinds[rest.kind].of === null ? null : rrn,
  }))

const request: fc.Arbitrary<TerminalRequest> = fc.oneof(
  financial,
  fc.record({
    kind: fc.constant('reversal' as const),
    of: fc.constantFrom(...financialKindNames),
    original: mark,
    operation,
    sum,
    receipt,
    rrn: fc.option(anRrn, { nil: null }),
    reason: keys(reversalReasons),
    repeat: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('inquiry' as const), operation }),
  fc.record({
    kind: fc.constantFrom('reconciliation' as const, 'checkpoint' as const),
    day,
    totals,
    repeat: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('listing' as const), day, after: receipt }),
  fc.record({ kind: fc.constantFrom('sign-on' as const, 'sign-off' as const, 'echo' as const) }),
)

const sent: fc.Arbitrary<Sent> = fc.record({
  terminal: fc.record({
    terminal: words(8),
    merchant: words(15),
    acquirer: digits(1, 11),
    category: digits(4),
  }),
  mark,
  request,
})

// Only what moves money names the merchant's category on the wire.
const heard = (made: Sent): Sent => {
  const one: Sent = JSON.parse(JSON.stringify(made))
  const named = one.request.kind === 'reversal' || one.request.kind in financialKinds
  return named ? one : { ...one, terminal: { ...one.terminal, category: '' } }
}

function overWire(message: Message): Message {
  const encoded = encode(message)
  assert.ok(encoded.kind === 'bytes', JSON.stringify(encoded))
  const decoded = decode(encoded.bytes)
  assert.ok(decoded.kind === 'message')
  return decoded.message
}

test('a request is read at the host as it was meant at the terminal', () => {
  fc.assert(
    fc.property(sent, (one) => {
      assert.deepEqual(readRequest(overWire(writeRequest(one))), heard(one))
    }),
    { numRuns: 2000 },
  )
})

test('a request without a field that it needs is refused by that field’s number', () => {
  fc.assert(
    fc.property(sent, fc.nat(), (one, nth) => {
      const message = writeRequest(one)
      const { mandatory } = messageTypes[message.type]
      const missing = mandatory[nth % mandatory.length] ?? 0
      const fields = { ...message.fields }
      delete fields[missing]
      const read = readRequest({ ...message, fields })
      assert.ok('field' in read && read.field === missing)
    }),
    { numRuns: 1000 },
  )
})

const aPurchase: Sent = {
  terminal: { terminal: 'T1', merchant: 'M1', acquirer: '1', category: '5411' },
  mark: markOf(1, Date.UTC(2026, 10, 23)),
  request: {
    kind: 'purchase',
    operation: '0197a2b4-0000-7000-8000-000000000001' as OperationId,
    sum: kopecks(1250),
    receipt: 3,
    card: { pan: '9999990000000014', expiry: '4912', entry: 'chip' },
    original: null,
  },
}

const aClosing = (totals: DayTotals): Sent => ({
  ...aPurchase,
  request: { kind: 'reconciliation', day: 4, totals, repeat: false },
})

test('a net of nothing is taken with either sign, another net with its own alone', () => {
  const readNet = (sent: Sent, net: string) => {
    const message = writeRequest(sent)
    const read = readRequest({ ...message, fields: { ...message.fields, 97: net } })
    return 'field' in read ? read.field : read
  }
  const idle = aClosing(noTotals)
  for (const sign of ['C', 'D']) {
    assert.deepEqual(readNet(idle, `${sign}0000000000000000`), heard(idle))
  }
  const operation = '0197a2b4-0000-7000-8000-000000000001' as OperationId
  const bought = { operation, kind: 'purchase', reversal: false, sum: kopecks(1250) } as const
  const owed = aClosing(totalsOf([bought]))
  assert.deepEqual(readNet(owed, 'D0000000000001250'), heard(owed))
  assert.equal(readNet(owed, 'C0000000000001250'), 97)
  for (const net of ['C0000000000000001', 'X0000000000000000', '0000000000000000', 'C0', '']) {
    assert.equal(readNet(idle, net), 97, net)
  }
})

const bent: [string, Record<number, string>, number][] = [
  ['another currency', { 49: '643' }, 49],
  ['a processing code that nobody has', { 3: '010000' }, 3],
  ['a refund that names no purchase', { 3: '200000' }, 37],
  ['a purchase that names an operation', { 37: '305307145595' }, 37],
  ['an RRN of zeros', { 3: '200000', 37: '000000000000' }, 37],
  ['a day that no month has', { 12: '260231101542' }, 12],
  ['a STAN of zeros', { 11: '000000' }, 11],
  ['an id that is no UUID', { 62: '42' }, 62],
  ['private data that is none', { 48: '0100' }, 48],
  ['no receipt number', { 48: '9900112' }, 48],
  ['another function', { 24: '201' }, 24],
  ['a way of reading that nobody has', { 22: '000000000000' }, 22],
]

for (const [what, change, field] of bent) {
  test(`${what} is refused as field ${field}`, () => {
    const message = writeRequest(aPurchase)
    const read = readRequest({ ...message, fields: { ...message.fields, ...change } })
    assert.equal('field' in read && read.field, field)
  })
}
