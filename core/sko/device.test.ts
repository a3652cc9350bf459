import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { aDocument, anIssuer, hashOf, NOW } from '#test/fixtures.ts'
import { fiscalActions, fiscalMessage, readPayload } from '../api/tsrv.ts'
import { type FiscalDocument, GENESIS } from '../document/document.ts'
import { openCounters } from '../document/report.ts'
import type { Line, Payment } from '../document/totals.ts'
import { type Uid, uidOf } from '../document/uid.ts'
import { type Kopecks, kopecks, MAX_SUM, MAX_TALLY, thousandths, ZERO } from '../money.ts'
import { DAY, HOUR, LAST_MOMENT, MINUTE } from '../time.ts'
import {
  accept,
  type Circumstances,
  type Command,
  type Device,
  LONGEST_SHIFT,
  LONGEST_UNSENT,
  newDevice,
} from './device.ts'

const cashier = 'Анна'
const uid = uidOf('0123456789abcdef', 100_000_001)
const bread: Line = {
  name: 'Хлеб',
  code: null,
  price: kopecks(500),
  quantity: thousandths(1000),
  discount: ZERO,
  markup: ZERO,
  vat: 10,
}
const cash = (sum: number): Payment[] => [{ means: 'cash', sum: kopecks(sum) }]
type Goods = Extract<Command, { kind: 'sale' | 'refund' }>
const goods = (kind: 'sale' | 'refund', change: Partial<Goods> = {}): Goods => ({
  kind,
  cashier,
  lines: [bread],
  discount: ZERO,
  markup: ZERO,
  payments: cash(500),
  total: null,
  basis: null,
  ...change,
})

/** One command of each kind, each lawful where its device allows it. */
const commands = {
  'shift-opening': { kind: 'shift-opening', cashier },
  sale: goods('sale'),
  refund: goods('refund'),
  annulment: { kind: 'annulment', cashier, number: 7 },
  deposit: { kind: 'deposit', cashier, sum: kopecks(500) },
  withdrawal: { kind: 'withdrawal', cashier, sum: kopecks(500) },
  'shift-closing': { kind: 'shift-closing', cashier },
} as const satisfies Record<string, Command>

/** In its third shift for an hour, its seventh document a sale, a hundred roubles in its drawer. */
const aDevice = (change: Partial<Device> = {}): Device => ({
  ...newDevice(anIssuer()),
  number: 7,
  hash: 'a'.repeat(64),
  lastAt: NOW - MINUTE,
  cash: kopecks(10_000),
  turnover: kopecks(70_000),
  lastShift: 3,
  shift: openCounters(3, NOW - HOUR, 5),
  ...change,
})
const aSale = (change: Partial<FiscalDocument> = {}) => ({
  document: aDocument({ number: 7, shift: 3, ...change }),
  uid,
})
const calm: Circumstances = {
  now: NOW,
  operation: null,
  expected: null,
  last: aSale(),
  oldestUnsentAt: null,
}
const ask = (device: Device, command: Command, around: Partial<Circumstances> = {}) =>
  accept(device, command, { ...calm, ...around })
const faultOf = (...given: Parameters<typeof ask>): string => {
  const answer = ask(...given)
  return 'fault' in answer ? answer.fault : '+'
}
const made = (...given: Parameters<typeof ask>) => {
  const answer = ask(...given)
  assert.ok(!('fault' in answer), JSON.stringify(answer))
  return { document: answer.document, device: answer.device('b'.repeat(64)) }
}

const closed = { shift: null }
const empty = { cash: ZERO }
const late = (age: number) => ({ shift: openCounters(3, NOW - age, 5) })
const [OPENED, CLOSED] = ['AVQFR_SHIFT_IS_OPENED', 'AVQFR_SHIFT_IS_CLOSED']
const [LATE, UNSENT] = ['AVQFR_SHIFT_IS_PENDING', 'AVQFR_RECEIPT_IS_PENDING']
const [NUMBER, CLOCK] = ['AVQFR_BAD_RECEIPT_NUMBER', 'AVQFR_BAD_DATE_TIME']
const FULL = 'ZPOS_DRAWER_NOT_EMPTY'
const all = (fault: string) => Array<string>(7).fill(fault)

// A row a state; a column a kind, in the order of `commands`; «+» is signed.
const table: [string, Partial<Device>, Partial<Circumstances>, string[]][] = [
  ['an open shift', {}, {}, [OPENED, '+', '+', '+', '+', '+', FULL]],
  ['a closed shift', closed, {}, ['+', CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED]],
  [
    'an empty drawer',
    empty,
    {},
    [
      OPENED,
      '+',
      'AVQFR_NEGATIVE_SHIFT_BALANCE',
      'AVQFR_NEGATIVE_SHIFT_BALANCE',
      '+',
      'TIN_NOT_ENOUGH_CASH_IN',
      '+',
    ],
  ],
  ['a shift of 24 hours', late(LONGEST_SHIFT), {}, [OPENED, '+', '+', '+', '+', '+', FULL]],
  ['a shift over 24 hours', late(DAY + 1), {}, [OPENED, LATE, LATE, LATE, LATE, '+', FULL]],
  [
    'documents unsent for 7 days',
    {},
    { oldestUnsentAt: NOW - LONGEST_UNSENT },
    [OPENED, '+', '+', '+', '+', '+', FULL],
  ],
  [
    'documents unsent for longer',
    {},
    { oldestUnsentAt: NOW - 7 * DAY - 1 },
    [OPENED, ...all(UNSENT).slice(1)],
  ],
  [
    'an open shift, documents unsent for longer, the shift closed',
    closed,
    { oldestUnsentAt: NOW - 7 * DAY - 1 },
    [UNSENT, ...all(CLOSED).slice(1)],
  ],
  [
    'a clock set back by five minutes',
    { lastAt: NOW + 5 * MINUTE },
    {},
    [OPENED, '+', '+', '+', '+', '+', FULL],
  ],
  ['a clock set back further', { lastAt: NOW + 5 * MINUTE + 1 }, {}, all(CLOCK)],
  ['a clock beyond all dates', {}, { now: LAST_MOMENT + 1 }, all(CLOCK)],
  ['the number expected', {}, { expected: 8 }, [OPENED, '+', '+', '+', '+', '+', FULL]],
  ['another number expected', {}, { expected: 7 }, all(NUMBER)],
  ['another number, whatever else', { lastAt: NOW + HOUR }, { expected: 9 }, all(NUMBER)],
  [
    'a full drawer',
    { cash: MAX_SUM },
    {},
    [OPENED, 'TIN_SUM_OVERFLOW', '+', '+', 'TIN_SUM_OVERFLOW', '+', FULL],
  ],
]

for (const [state, device, around, expected] of table) {
  test(`what a device signs: ${state}`, () => {
    const kinds = Object.entries(commands)
    const told = kinds.map(([, command]) => faultOf(aDevice(device), command, around))
    assert.deepEqual(
      told.map((fault, i) => `${kinds[i]?.[0]}: ${fault}`),
      expected.map((fault, i) => `${kinds[i]?.[0]}: ${fault}`),
    )
  })
}

test('a document carries its number, its shift, its chain and the operation', () => {
  const { document, device } = made(aDevice(), commands.sale, { operation: 'op' })
  const { number, shift, previous, operation, at } = document
  assert.deepEqual(
    { number, shift, previous, operation, at },
    { number: 8, shift: 3, previous: 'a'.repeat(64), operation: 'op', at: NOW },
  )
  assert.deepEqual([document.cash, device.cash, device.turnover], [10_500, 10_500, 70_500])
  assert.deepEqual([device.number, device.hash, device.lastAt], [8, 'b'.repeat(64), NOW])
  assert.deepEqual(device.shift?.sale, { count: 1, sum: 500, cash: 500, card: 0, other: 0 })
})

test('a document is never dated before the one before it', () => {
  const lastAt = NOW + MINUTE
  const { document, device } = made(aDevice({ lastAt }), commands.sale)
  assert.deepEqual([document.at, device.lastAt], [lastAt, lastAt])
})

test('shifts are counted, and a closing seals the counters with itself in them', () => {
  const opened = made(aDevice(closed), commands['shift-opening'])
  assert.deepEqual([opened.document.shift, opened.device.lastShift], [4, 4])
  assert.deepEqual(opened.device.shift, openCounters(4, NOW, 8))
  const { document, device } = made(aDevice(empty), commands['shift-closing'])
  assert.deepEqual([device.shift, device.lastShift], [null, 3])
  assert.deepEqual([document.report?.shift, document.report?.lastNumber], [3, 8])
  assert.equal(made(aDevice(), commands.deposit).document.report, null)
})

test('what a kind does to the drawer and to the turnover', () => {
  const effects = {
    sale: [500, 500],
    refund: [-500, -500],
    annulment: [-1250, -1250],
    deposit: [500, 0],
    withdrawal: [-500, 0],
  } as const
  for (const [kind, [drawer, turnover]] of Object.entries(effects)) {
    const { device } = made(aDevice(), commands[kind as keyof typeof effects])
    assert.equal(device.cash, 10_000 + drawer, kind)
    assert.equal(device.turnover, 70_000 + turnover, kind)
  }
  const byCard = goods('sale', { payments: [{ means: 'card', sum: kopecks(500) }] })
  assert.equal(made(aDevice(), byCard).device.cash, 10_000)
})

test('an annulment takes the very last document, a sale of the open shift', () => {
  const fault = (change: Partial<FiscalDocument>, number = 7) =>
    faultOf(aDevice(), { kind: 'annulment', cashier, number }, { last: aSale(change) })
  assert.equal(fault({}), '+')
  assert.equal(fault({}, 6), NUMBER)
  assert.equal(fault({ shift: 2 }), 'AVQFR_BAD_RECEIPT_TYPE')
  for (const kind of ['refund', 'deposit', 'annulment', 'shift-opening'] as const) {
    assert.equal(fault({ kind }), 'AVQFR_BAD_RECEIPT_TYPE', kind)
  }
  assert.equal(faultOf(aDevice(), commands.annulment, { last: null }), 'AVQFR_BAD_RECEIPT_TYPE')
})

test('an annulment gives back what was paid, without the change', () => {
  const settlement = { cash: kopecks(900), card: kopecks(500), other: ZERO, change: kopecks(150) }
  const payments: Payment[] = [
    { means: 'cash', sum: kopecks(900) },
    { means: 'card', sum: kopecks(500) },
  ]
  const last = aSale({ payments, settlement })
  const { document } = made(aDevice(), commands.annulment, { last })
  assert.deepEqual(document.basis, { number: 7, uid })
  assert.deepEqual(document.settlement, { cash: 750, card: 500, other: 0, change: 0 })
  assert.deepEqual(document.payments, [
    { means: 'cash', sum: 750 },
    { means: 'card', sum: 500 },
  ])
  assert.equal(document.cash, 10_000 - 750)
})

test('a sale that an older version signed above the bounds is annulled within them', () => {
  const settlement = { cash: kopecks(MAX_SUM + 1), card: ZERO, other: ZERO, change: ZERO }
  const change = kopecks(MAX_SUM + 1 - 1250)
  const payments = [...cash(MAX_SUM), ...cash(1)]
  const last = aSale({ payments, settlement: { ...settlement, change } })
  const { document } = made(aDevice(), commands.annulment, { last })
  assert.equal(document.settlement.cash, 1250)
})

const wrong: [string, Command, string][] = [
  ['another total', goods('sale', { total: kopecks(501) }), 'AVQFR_BAD_RECEIPT_TOTAL'],
  ['no goods', goods('sale', { lines: [] }), 'TIN_NO_ITEMS'],
  ['too little', goods('sale', { payments: cash(499) }), 'TIN_NOT_ENOUGH_MONEY'],
  ['a refund with change', goods('refund', { payments: cash(501) }), 'TIN_CASH_OVERFLOW'],
  ['nothing to deposit', { kind: 'deposit', cashier, sum: ZERO }, 'TIN_ZERO_SUM'],
  ['nothing to withdraw', { kind: 'withdrawal', cashier, sum: ZERO }, 'TIN_ZERO_SUM'],
  ['too large', { kind: 'deposit', cashier, sum: (MAX_SUM + 1) as Kopecks }, 'TIN_SUM_OVERFLOW'],
  [
    'too much in parts',
    goods('sale', { payments: [...cash(MAX_SUM), ...cash(1)] }),
    'TIN_SUM_OVERFLOW',
  ],
]
for (const [name, command, fault] of wrong) {
  test(`what a device refuses by its content: ${name}`, () => {
    assert.equal(faultOf(aDevice(), command), fault)
  })
}

test('a refusal names the line that it is about', () => {
  const lines = [bread, { ...bread, quantity: thousandths(0) }]
  const answer = ask(aDevice(), goods('sale', { lines }))
  assert.ok('fault' in answer)
  assert.deepEqual(answer, { fault: 'TIN_ZERO_QUANTITY', facts: { line: 1 } })
})

test('a refusal tells what would have been right', () => {
  const drawer = aDevice({ cash: kopecks(MAX_SUM - 499) })
  const full = { fault: 'TIN_SUM_OVERFLOW', facts: { reason: 'drawer-full' } }
  assert.deepEqual(ask(drawer, commands.deposit), full)
  assert.equal(faultOf(aDevice({ cash: kopecks(MAX_SUM - 500) }), commands.deposit), '+')
  const numbered = { fault: NUMBER, facts: { expected: 8 } }
  assert.deepEqual(ask(aDevice(), commands.sale, { expected: 9 }), numbered)
  const other = { fault: NUMBER, facts: { number: 7 } }
  assert.deepEqual(ask(aDevice(), { kind: 'annulment', cashier, number: 6 }), other)
  const none = { fault: 'AVQFR_BAD_RECEIPT_TYPE', facts: { reason: 'last-is-no-sale' } }
  assert.deepEqual(ask(aDevice(), commands.annulment, { last: null }), none)
  assert.deepEqual(ask(aDevice(), goods('sale', { lines: [] })), { fault: 'TIN_NO_ITEMS' })
})

test('full counters and a full turnover refuse what would exceed them, never the way out', () => {
  const counter = { count: 1, sum: MAX_TALLY, cash: MAX_TALLY, card: ZERO, other: ZERO }
  const shift = { ...openCounters(3, NOW - HOUR, 5), sale: counter, deposit: counter }
  const full = aDevice({ shift })
  assert.equal(faultOf(full, commands.sale), 'AVQFR_RECEIPT_SUM_OVERFLOW')
  assert.equal(faultOf(full, commands.deposit), 'AVQFR_RECEIPT_SUM_OVERFLOW')
  for (const kind of ['refund', 'annulment', 'withdrawal'] as const) {
    assert.equal(faultOf(full, commands[kind]), '+', kind)
  }
  const much = aDevice({ turnover: MAX_TALLY })
  assert.equal(faultOf(much, commands.sale), 'AVQFR_TOTAL_TRADE_OVERFLOW')
  assert.equal(faultOf(much, commands.refund), '+')
  const below = aDevice({ turnover: kopecks(-MAX_TALLY) })
  assert.equal(faultOf(below, commands.refund), 'AVQFR_TOTAL_TRADE_OVERFLOW')
  assert.equal(faultOf(below, commands.sale), '+')
})

/** A day of a device, every kind of document in it, as clients ask for them over the protocol. */
function aDay(): string[] {
  const cheese: Line = {
    name: 'Сыр «Брест»',
    code: '2100017004552',
    price: kopecks(2199),
    quantity: thousandths(455),
    discount: kopecks(50),
    markup: kopecks(10),
    vat: 20,
  }
  const mixed: Payment[] = [{ means: 'card', sum: kopecks(400) }, ...cash(1500)]
  const sold = { lines: [cheese, bread], discount: kopecks(15), markup: kopecks(5) }
  const day: Command[] = [
    commands['shift-opening'],
    commands.deposit,
    goods('sale', { ...sold, payments: mixed, total: kopecks(1451) }),
    goods('refund', { basis: { number: 3, uid } }),
    goods('sale', { payments: [{ means: 'other', sum: kopecks(500) }] }),
    { kind: 'annulment', cashier, number: 5 },
    { kind: 'withdrawal', cashier, sum: kopecks(1051) },
    commands['shift-closing'],
  ]
  const bodies: string[] = []
  let device = newDevice(anIssuer())
  let last: { document: FiscalDocument; uid: Uid } | null = null
  for (const [i, command] of day.entries()) {
    const { action, data } = fiscalMessage(command)
    const read = readPayload<Command>(fiscalActions[action], data)
    assert.ok(!('fault' in read), JSON.stringify(read))
    const operation = i === 2 ? '0197a2b4-0000-7000-8000-000000000001' : null
    const around = { now: NOW + i * MINUTE, operation, expected: i + 1, oldestUnsentAt: null, last }
    const accepted = accept(device, read.value, around)
    assert.ok(!('fault' in accepted), JSON.stringify(accepted))
    const body = JSON.stringify(accepted.document)
    const hash = hashOf(body)
    bodies.push(body)
    // A device is kept as JSON between two documents, and reads its last one back.
    device = JSON.parse(JSON.stringify(accepted.device(hash))) as Device
    last = { document: JSON.parse(body) as FiscalDocument, uid: uidOf(hash, 100_000_001) }
  }
  return bodies
}

test('the signed bytes are these very ones, for ever', () => {
  const path = join(import.meta.dirname, '../../test/golden/signed/day.txt')
  const golden = readFileSync(path, 'utf8').trimEnd().split('\n')
  const bodies = aDay()
  for (const [i, body] of bodies.entries()) assert.equal(body, golden[i])
  assert.equal(bodies.length, golden.length)
  assert.equal(JSON.parse(bodies[0] ?? '').previous, GENESIS)
})
