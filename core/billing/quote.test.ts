import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kopecks } from '../money.ts'
import { addDays } from './calendar.ts'
import { carriedOut, lastDayOf, QUOTE_DAYS, type Quote, quoteOf, stillHolds } from './quote.ts'
import { ending, newRun, type Subscription, type Terms } from './subscription.ts'

const termsOf = (tariff: string, price: number, [months, days]: [number, number]): Terms => ({
  tariff,
  price: kopecks(price),
  months,
  days,
})
const month = termsOf('month', 2900, [1, 0])
const year = termsOf('year', 29_000, [12, 0])
const TODAY = '2026-11-27'

const aRun = (terms: Terms, change: Partial<Subscription> = {}): Subscription =>
  Object.assign(
    newRun({ serial: 'A', run: 0, renews: true }, { terms, anchor: '2026-11-20' }),
    { paid: 1 },
    change,
  )
const quoted = (current: Subscription | null, terms: Terms, on = TODAY): Quote =>
  quoteOf({ serial: 'A', current }, terms, on)

test('an order without a run starts one, for the price of its terms', () => {
  const { serial, kind, terms, credit, sum, on, basis } = quoted(null, month)
  assert.deepEqual([serial, kind, credit, sum, on, basis], ['A', 'start', 0, 2900, TODAY, null])
  assert.equal(terms, month)
})

test('the same tariff is one period more, whatever its price was then', () => {
  const cheaper = termsOf('month', 1900, [1, 0])
  for (const current of [aRun(month), aRun(cheaper)]) {
    const { kind, credit, sum, basis } = quoted(current, month)
    assert.deepEqual([kind, credit, sum], ['prolong', 0, 2900])
    assert.deepEqual(basis, { run: 1, paid: 1 })
  }
})

test('dearer or cheaper is told by what a day costs, a month being thirty of them', () => {
  const kindOf = (current: Terms, wanted: Terms) => quoted(aRun(current), wanted).kind
  assert.equal(kindOf(month, year), 'downgrade', 'a year costs more, its days less')
  assert.equal(kindOf(year, month), 'upgrade')
  const thirty = termsOf('thirty days', 2900, [0, 30])
  assert.equal(kindOf(month, thirty), 'upgrade', 'as dear a day is no cheaper one')
  assert.equal(kindOf(month, termsOf('', 2899, [0, 30])), 'downgrade')
  assert.equal(kindOf(thirty, termsOf('', 5800, [1, 30])), 'upgrade')
  assert.equal(kindOf(thirty, termsOf('', 5799, [1, 30])), 'downgrade')
  assert.equal(kindOf(termsOf('', 700, [0, 7]), month), 'downgrade')
  assert.equal(kindOf(termsOf('', 670, [0, 7]), month), 'upgrade')
})

test('a dearer one gives back what is not used, a cheaper one costs nothing now', () => {
  // 23 of 30 days are left.
  const current = aRun(month)
  const { credit, sum } = quoted(current, termsOf('plus', 4500, [1, 0]))
  assert.deepEqual([credit, sum], [2223, 4500 - 2223])
  const { credit: none, sum: nothing } = quoted(current, year)
  assert.deepEqual([none, nothing], [0, 0])
  const week = termsOf('week', 900, [0, 7])
  assert.equal(quoted(aRun(year), week).sum, 900 - quoted(aRun(year), week).credit)
  assert.ok(quoted(aRun(year), week).sum < 0, 'more may come back than is to be paid')
})

test('a price stands for fourteen days, one that counts days for its own day alone', () => {
  assert.equal(QUOTE_DAYS, 14)
  const at = (quote: Quote, days: number) => stillHolds(quote, aRun(month), addDays(TODAY, days))
  for (const quote of [quoted(aRun(month), month), quoted(aRun(month), year)]) {
    const held = [-1, 0, 1, 13, 14].map((days) => at(quote, days))
    assert.deepEqual(held, [false, true, true, true, false], quote.kind)
    assert.equal(lastDayOf(quote), '2026-12-10')
  }
  const upgrade = quoted(aRun(month), termsOf('plus', 4500, [1, 0]))
  assert.deepEqual(
    [-1, 0, 1].map((days) => at(upgrade, days)),
    [false, true, false],
  )
  assert.equal(lastDayOf(upgrade), TODAY)
})

test('a price falls with the run that it was worked out from', () => {
  const quote = quoted(aRun(month), month)
  assert.ok(stillHolds(quote, aRun(month), TODAY))
  assert.ok(!stillHolds(quote, aRun(month, { paid: 2 }), TODAY))
  assert.ok(!stillHolds(quote, aRun(month, { run: 2 }), TODAY))
  assert.ok(!stillHolds(quote, null, TODAY))
  assert.ok(!stillHolds(quoted(null, month), aRun(month), TODAY))
  assert.ok(!stillHolds(quoted(null, month), aRun(month, { paid: 0 }), TODAY))
  assert.ok(stillHolds(quoted(null, month), null, TODAY))
})

const paid = (quote: Quote, last: Subscription | null, renews = true) =>
  carriedOut(quote, { last, today: TODAY, renews })
const begins = (run: number, { terms = month, anchor = TODAY, renews = true, sum = 2900 } = {}) => {
  const subscription = newRun({ serial: 'A', run: run - 1, renews }, { terms, anchor })
  return [
    { is: 'set', subscription },
    { is: 'charged', subscription, k: 0, on: anchor, sum },
  ]
}

test('a start begins on the day of payment, or when what was paid before has ended', () => {
  const quote = quoted(null, month)
  assert.deepEqual(paid(quote, null), { due: begins(1), credit: 0 })
  assert.deepEqual(paid(quote, null, false).due, begins(1, { renews: false }))
  const lapsed = ending(aRun(month), '2026-11-20', 'lapsed')
  assert.deepEqual(paid(quote, lapsed).due, begins(2))
  const stopped = ending(aRun(month), '2026-12-01', 'stopped')
  assert.deepEqual(paid(quote, stopped).due, begins(2, { anchor: '2026-12-01' }))
})

test('one period more is charged where the last one ends, and renewal is as it was ordered', () => {
  const last = aRun(month, { paid: 3 })
  for (const renews of [true, false]) {
    const subscription = Object.assign({}, last, { renews })
    const due = [{ is: 'charged', subscription, k: 3, on: '2027-02-20', sum: 2900 }]
    assert.deepEqual(paid(quoted(last, month), last, renews), { due, credit: 0 })
  }
  assert.deepEqual(paid(quoted(last, month), null).due, [])
})

test('a dearer one ends the old run today and begins its own', () => {
  const plus = termsOf('plus', 4500, [1, 0])
  const last = aRun(month)
  const { due, credit } = paid(quoted(last, plus), last)
  const ended = { is: 'set', subscription: ending(last, TODAY, 'changed') }
  assert.deepEqual(due, [ended, ...begins(2, { terms: plus, sum: 4500 })])
  assert.equal(credit, 2223)
  assert.deepEqual(paid(quoted(last, plus), null).due, begins(1, { terms: plus, sum: 4500 }))
})

test('a cheaper one waits for the end of what is paid, and is renewed into', () => {
  const last = aRun(month, { renews: false })
  const { due, credit } = paid(quoted(last, year), last, false)
  const subscription = Object.assign({}, last, { next: year, renews: true })
  assert.deepEqual(due, [{ is: 'set', subscription }])
  assert.equal(credit, 0)
  assert.deepEqual(paid(quoted(last, year), null).due, [])
})
