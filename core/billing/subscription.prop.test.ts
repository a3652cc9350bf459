import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { kopecks } from '../money.ts'
import { addDays, addMonths, type Day, daysBetween } from './calendar.ts'
import {
  balanceOf,
  clientAccount,
  type Entry,
  imbalance,
  oppositeOf,
  postingsOf,
} from './ledger.ts'
import { carriedOut, QUOTE_DAYS, quoteOf, stillHolds } from './quote.ts'
import { currentRun } from './state.ts'
import {
  afterDue,
  boundary,
  chargedFor,
  type Due,
  type Holdings,
  lastRuns,
  newRun,
  type PriceFrom,
  paidUntil,
  priceOn,
  renewals,
  resumptions,
  type Subscription,
  type Terms,
  unusedOf,
} from './subscription.ts'

const CLIENT = '100001'
const FIRST: Day = '2026-01-01'
const day = fc.integer({ min: 0, max: 1500 }).map((n) => addDays(FIRST, n))
const terms: fc.Arbitrary<Terms> = fc.constantFrom(
  { tariff: 'month', price: kopecks(2_900), months: 1, days: 0 },
  { tariff: 'plus', price: kopecks(4_501), months: 1, days: 0 },
  { tariff: 'quarter', price: kopecks(7_777), months: 3, days: 0 },
  { tariff: 'year', price: kopecks(29_000), months: 12, days: 0 },
  { tariff: 'week', price: kopecks(900), months: 0, days: 7 },
)
const aRun = fc
  .record({ terms, anchor: day, paid: fc.integer({ min: 1, max: 5 }), renews: fc.boolean() })
  .map(
    (change): Subscription =>
      Object.assign(newRun({ serial: 'A', run: 0, renews: change.renews }, change), change, {
        charged: Array.from({ length: change.paid }, (_, k) => kopecks(change.terms.price + k)),
      }),
  )

/** A client's books, kept as the office keeps them: nothing is ever taken out. */
function openBooks() {
  const entries: Entry[] = []
  const charges: string[] = []
  let subscriptions: readonly Subscription[] = []
  const prices = new Map<string, PriceFrom[]>()
  const holdings = (): Holdings => ({
    balance: balanceOf(entries, clientAccount(CLIENT)),
    subscriptions,
  })
  const post = (kind: Exclude<Entry['kind'], 'undoing'>, sum: number): void => {
    const postings = postingsOf(kind, { client: CLIENT, sum: kopecks(sum) })
    entries.push({ kind, at: 0, postings })
  }
  const take = (due: readonly Due[]): void => {
    for (const each of due) {
      if (each.is === 'charged') {
        const { serial, run } = each.subscription
        post('charge', each.sum)
        charges.push(`${serial} ${run} ${each.k}`)
      }
      subscriptions = afterDue(holdings(), each).subscriptions
    }
  }
  const settle = (today: Day): void => {
    take(renewals(holdings(), today).due)
    take(resumptions(holdings(), today))
  }
  const order = (serial: string, terms: Terms, today: Day): void => {
    const current = currentRun(holdings(), serial)
    const quote = quoteOf({ serial, current }, terms, today)
    assert.ok(stillHolds(quote, current, today))
    const before = holdings().balance
    if (before < quote.sum) return
    const last = lastRuns(subscriptions).find((each) => each.serial === serial) ?? null
    const { due, credit } = carriedOut(quote, { last, today, renews: true })
    if (credit > 0) post('credit', credit)
    take(due)
    assert.equal(before - holdings().balance, quote.sum, 'the price shown is the price charged')
  }
  /** Another price of a tariff from a day on, as staff write it down. */
  const reprice = (tariff: string, change: PriceFrom): void => {
    const known = prices.get(tariff) ?? []
    if (known.some(({ from }) => from === change.from)) return
    prices.set(
      tariff,
      [...known, change].sort((a, b) => (a.from < b.from ? -1 : 1)),
    )
    subscriptions = subscriptions.map((each) =>
      Object.assign({}, each, { terms: priced(each.terms), next: each.next && priced(each.next) }),
    )
  }
  const priced = (terms: Terms): Terms =>
    Object.assign({}, terms, { later: prices.get(terms.tariff) ?? [] })
  return { entries, charges, holdings, post, settle, order, reprice, priced }
}

type Act =
  | { act: 'pay'; sum: number }
  | { act: 'payOut'; sum: number }
  | { act: 'undo'; nth: number }
  | { act: 'order'; serial: string; terms: Terms }
  | { act: 'clock'; days: number }
  | { act: 'reprice'; tariff: string; price: number; ahead: number }

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ act: fc.constant('pay' as const), sum: fc.integer({ min: 1, max: 20_000 }) }),
  fc.record({ act: fc.constant('payOut' as const), sum: fc.integer({ min: 1, max: 5_000 }) }),
  fc.record({ act: fc.constant('undo' as const), nth: fc.nat(20) }),
  fc.record({
    act: fc.constant('order' as const),
    serial: fc.constantFrom('A', 'B'),
    terms,
  }),
  fc.record({ act: fc.constant('clock' as const), days: fc.integer({ min: -60, max: 90 }) }),
  fc.record({
    act: fc.constant('reprice' as const),
    tariff: fc.constantFrom('month', 'week', 'year'),
    price: fc.integer({ min: 1, max: 6_000 }),
    ahead: fc.integer({ min: QUOTE_DAYS, max: 60 }),
  }),
)

function play(acts: readonly Act[]) {
  const books = openBooks()
  const undone = new Set<Entry>()
  let today = addDays(FIRST, 200)
  for (const each of acts) {
    if (each.act === 'clock') today = addDays(today, each.days)
    books.settle(today)
    if (each.act === 'pay') books.post('payment', each.sum)
    if (each.act === 'payOut' && books.holdings().balance >= each.sum) {
      books.post('payout', each.sum)
    }
    if (each.act === 'order') books.order(each.serial, books.priced(each.terms), today)
    if (each.act === 'reprice') {
      const from = addDays(today, each.ahead)
      books.reprice(each.tariff, { from, price: kopecks(each.price) })
    }
    const entry = each.act === 'undo' ? books.entries[each.nth] : undefined
    if (entry?.kind === 'payment' && !undone.has(entry)) {
      undone.add(entry)
      books.entries.push({ kind: 'undoing', at: 0, postings: oppositeOf(entry.postings) })
    }
    books.settle(today)
  }
  return books
}

test('no kopeck appears or disappears, and no period is charged twice, whatever happens', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const { entries, charges, holdings } = play(acts)
      const { balance, subscriptions } = holdings()
      assert.ok(entries.every((entry) => imbalance(entry) === 0))
      assert.equal(balance + balanceOf(entries, 'bank') + balanceOf(entries, 'sales'), 0)
      assert.equal(new Set(charges).size, charges.length)
      const paid = subscriptions.reduce((sum, each) => sum + each.paid, 0)
      assert.equal(paid, charges.length, 'a period is paid for because it was charged')
    }),
    { numRuns: 500 },
  )
})

test('of each till one run is current at most, and runs do not overlap', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const { subscriptions } = play(acts).holdings()
      for (const serial of ['A', 'B']) {
        const runs = subscriptions
          .filter((each) => each.serial === serial)
          .sort((a, b) => a.run - b.run)
        assert.ok(runs.filter(({ ended }) => ended === null).length <= 1)
        for (const [i, run] of runs.entries()) {
          const next = runs[i + 1]
          if (next) assert.ok(next.anchor >= (run.ended?.on ?? ''), JSON.stringify([run, next]))
        }
      }
    }),
    { numRuns: 300 },
  )
})

test('asked every day or once after a standstill, the same is charged for the same days', () => {
  const holdings = fc.record({
    balance: fc.integer({ min: 0, max: 40_000 }).map(kopecks),
    subscriptions: fc
      .tuple(aRun, aRun)
      .map(([a, b]) => [a, Object.assign({}, b, { serial: 'B' })] as const),
  })
  fc.assert(
    fc.property(holdings, fc.integer({ min: 0, max: 120 }), (from, days) => {
      const start = paidUntil(from.subscriptions[0])
      const once = renewals(from, addDays(start, days))
      let daily = { due: [] as Due[], holdings: from as Holdings }
      for (let n = 0; n <= days; n++) {
        const { due, holdings } = renewals(daily.holdings, addDays(start, n))
        daily = { due: [...daily.due, ...due], holdings }
      }
      assert.deepEqual(daily, once)
      assert.deepEqual(renewals(once.holdings, addDays(start, days)).due, [])
    }),
    { numRuns: 300 },
  )
})

test('boundaries come from the anchor: none is lost in a short month, and they only rise', () => {
  fc.assert(
    fc.property(aRun, fc.integer({ min: 0, max: 60 }), (run, k) => {
      const [from, until] = [boundary(run, k), boundary(run, k + 1)]
      assert.ok(from < until)
      if (run.terms.months === 0) return
      const date = Number(from.slice(8))
      const wanted = Number(run.anchor.slice(8))
      assert.ok(date === wanted || addDays(from, 1).endsWith('-01'), `${run.anchor} → ${from}`)
      assert.ok(daysBetween(from, until) >= 28 * run.terms.months)
    }),
  )
})

test('what is given back is never more than was paid, and less with each day', () => {
  fc.assert(
    fc.property(aRun, fc.integer({ min: 0, max: 800 }), (run, days) => {
      const today = addDays(run.anchor, days)
      const unused = unusedOf(run, today)
      const paid = Array.from({ length: run.paid }, (_, k) => chargedFor(run, k))
      const all = paid.reduce((sum, each) => sum + each, 0)
      assert.ok(unused >= 0 && unused <= all)
      assert.ok(unusedOf(run, addDays(today, 1)) <= unused)
      assert.equal(unusedOf(run, run.anchor), all)
      assert.equal(unusedOf(run, paidUntil(run)), 0)
    }),
  )
})

test('the 31st comes back after February', () => {
  const days = [0, 1, 2, 3, 13, 25].map((k) => addMonths('2026-01-31', k))
  const expected = ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2027-02-28']
  assert.deepEqual(days, [...expected, '2028-02-29'])
  assert.equal(addMonths('2028-02-29', 12), '2029-02-28')
})

test('a renewal costs what is in force on its first day, whenever it is caught up', () => {
  const change = fc.record({ from: day, price: fc.integer({ min: 1, max: 5_000 }).map(kopecks) })
  const changes = fc
    .uniqueArray(change, { maxLength: 4, selector: ({ from }) => from })
    .map((all) => all.toSorted((a, b) => (a.from < b.from ? -1 : 1)))
  fc.assert(
    fc.property(aRun, changes, fc.integer({ min: 0, max: 400 }), (run, later, days) => {
      const terms = Object.assign({}, run.terms, { later })
      const of = Object.assign({}, run, { terms, renews: true })
      const held = { balance: kopecks(1_000_000), subscriptions: [of] }
      const { due, holdings } = renewals(held, addDays(paidUntil(of), days))
      for (const each of due) {
        assert.ok(each.is === 'charged')
        assert.equal(each.sum, priceOn(terms, boundary(of, each.k)))
      }
      const spent = due.reduce((sum, each) => sum + (each.is === 'charged' ? each.sum : 0), 0)
      assert.equal(holdings.balance, 1_000_000 - spent)
      const ks = due.map((each) => (each.is === 'charged' ? each.k : -1))
      assert.deepEqual(
        ks,
        ks.map((_, i) => of.paid + i),
      )
    }),
  )
})
