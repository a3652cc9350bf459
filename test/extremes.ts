import fc from 'fast-check'
import { GENESIS } from '#core/document/document.ts'
import { type Means, vatRates } from '#core/document/kinds.ts'
import { type Counter, openCounters } from '#core/document/report.ts'
import { type Line, type Payment, totals } from '#core/document/totals.ts'
import {
  type Kopecks,
  kopecks,
  MAX_QUANTITY,
  MAX_SUM,
  MAX_TALLY,
  thousandths,
  ZERO,
} from '#core/money.ts'
import { type Command, type Device, newDevice } from '#core/sko/device.ts'
import { HOUR, LAST_MOMENT } from '#core/time.ts'
import { anIssuer, NOW } from './fixtures.ts'

// Commands and devices at every bound that a document has, and beyond it.

const small = fc.integer({ min: 1, max: 5000 })
const bounds = [0, -1, 1, MAX_SUM - 1, MAX_SUM, MAX_SUM + 1, (MAX_SUM + 1) / 2, 2 * MAX_SUM]
const beyond = [MAX_TALLY, MAX_TALLY + 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]

/** A sum as it may be, at its bounds, and as it may not be. */
export const anySum: fc.Arbitrary<Kopecks> = fc
  .oneof(
    { weight: 6, arbitrary: small },
    { weight: 3, arbitrary: fc.integer({ min: 0, max: MAX_SUM }) },
    { weight: 4, arbitrary: fc.constantFrom(...bounds) },
    { weight: 1, arbitrary: fc.constantFrom(...beyond) },
  )
  .map(kopecks)
/** Mostly plain, so that what is odd in a document stands alone in it. */
const mostly = <T>(plain: fc.Arbitrary<T>, odd: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 12, arbitrary: plain }, { weight: 1, arbitrary: odd })
const rarely = mostly(fc.constant(ZERO), anySum)

const anyQuantity = fc
  .oneof(
    { weight: 12, arbitrary: fc.constant(1000) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: MAX_QUANTITY }) },
    { weight: 1, arbitrary: fc.constantFrom(0, -1, 1, MAX_QUANTITY, MAX_QUANTITY + 1) },
  )
  .map(thousandths)

const odd = ['', ' ', ' Я ', '\u0000', '\ud800', '{"a":1}']
const allOf = (length: number) => ['я', '\u0001', '"', '😀'].map((each) => each.repeat(length))
/** What a person or a foreign program may call something; `longest` and one more are tried too. */
const anyText = (longest: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 20, arbitrary: fc.constant('Хлеб') },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: longest }) },
    { weight: 1, arbitrary: fc.constantFrom(...odd) },
    { weight: 1, arbitrary: fc.constantFrom(...[longest, longest + 1].flatMap(allOf)) },
  )

const anyLine: fc.Arbitrary<Line> = fc.record({
  name: anyText(128),
  code: fc.option(anyText(64)),
  price: mostly(small.map(kopecks), anySum),
  quantity: anyQuantity,
  discount: rarely,
  markup: rarely,
  vat: fc.constantFrom(...vatRates, null),
})

const means: fc.Arbitrary<Means> = fc.constantFrom('cash', 'card', 'other')
const anyPayment: fc.Arbitrary<Payment> = fc.record({ means, sum: anySum })

/** Payments of a total: to the kopeck by one means, in cash with change, or anything at all. */
const paymentsOf = (total: Kopecks): fc.Arbitrary<Payment[]> =>
  fc.oneof(
    means.map((by): Payment[] => [{ means: by, sum: total }]),
    fc
      .array(anySum, { maxLength: 4 })
      .map((more) => [total, ...more].map((sum): Payment => ({ means: 'cash', sum }))),
    fc.array(anyPayment, { maxLength: 16 }),
  )

const cashier = anyText(16)
const anyGoods: fc.Arbitrary<Command> = fc
  .record({
    kind: fc.constantFrom('sale', 'refund'),
    cashier,
    lines: fc.array(anyLine, { minLength: 1, maxLength: 3 }),
    discount: rarely,
    markup: rarely,
  })
  .chain((goods) => {
    const sums = totals(goods)
    const total = 'fault' in sums ? kopecks(1000) : sums.total
    return fc.record({
      kind: fc.constant(goods.kind),
      cashier: fc.constant(goods.cashier),
      lines: fc.constant(goods.lines),
      discount: fc.constant(goods.discount),
      markup: fc.constant(goods.markup),
      payments: paymentsOf(total),
      total: fc.constantFrom(null, total),
      basis: fc.constant(null),
    })
  })

/** Anything that may be asked of a device, sums and texts at their bounds and beyond. */
export const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: anyGoods },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('deposit', 'withdrawal'), cashier, sum: anySum }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('shift-opening'), cashier }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('shift-closing'), cashier }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('annulment'),
      cashier,
      number: fc.integer({ min: 1, max: 20 }),
    }),
  },
)

const tally = fc
  .oneof(
    { weight: 8, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.constant(MAX_TALLY) },
    { weight: 1, arbitrary: small.map((less) => MAX_TALLY - less) },
  )
  .map(kopecks)
const counter = (sum: number, by: 'cash' | 'card' = 'cash'): Counter => ({
  count: sum === 0 ? 0 : 7,
  sum: kopecks(sum),
  cash: kopecks(by === 'cash' ? sum : 0),
  card: kopecks(by === 'card' ? sum : 0),
  other: ZERO,
})

/** A device in any state that its documents may have brought it to, its counters full or almost. */
export const anyDevice: fc.Arbitrary<Device> = fc
  .record({
    number: fc.integer({ min: 1, max: 15 }),
    cash: fc.oneof(
      small,
      fc.constantFrom(0, MAX_SUM),
      small.map((less) => MAX_SUM - less),
    ),
    turnover: fc.tuple(tally, fc.constantFrom(1, -1)),
    lastAt: fc.constantFrom(0, NOW, LAST_MOMENT - HOUR),
    isOpen: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
    sale: tally,
    refund: tally,
    deposit: tally,
    discounts: tally,
    markups: tally,
  })
  .map(({ number, lastAt, isOpen, ...figures }): Device => {
    const { cash, turnover, sale, refund, deposit, discounts, markups } = figures
    const opened = openCounters(3, lastAt, 1)
    const shift = {
      ...opened,
      lastNumber: number,
      sale: counter(sale),
      refund: counter(refund, 'card'),
      deposit: counter(deposit),
      // The most that can have been taken out: what lay there, and all that came in.
      withdrawal: counter(Math.max(0, MAX_SUM + sale + deposit - cash)),
      discounts,
      markups,
    }
    return {
      ...newDevice(anIssuer()),
      number,
      hash: GENESIS,
      lastAt,
      cash: kopecks(cash),
      turnover: kopecks(turnover[0] * turnover[1]),
      lastShift: 3,
      shift: isOpen ? shift : null,
    }
  })

/** How far the clock stands from the last document: as it does, and as no clock should. */
export const anyWait: fc.Arbitrary<number> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(0, 1, HOUR) },
  { weight: 1, arbitrary: fc.constantFrom(-HOUR, LAST_MOMENT) },
)
