import { add, type Kopecks, kopecks, proportion, ZERO } from '../money.ts'
import { addDays, addMonths, type Day, daysBetween, laterDay } from './calendar.ts'

/** A price from a day on, until the next one. */
export type PriceFrom = { from: Day; price: Kopecks }

/**
 * What a subscription costs, and how long a period of it is: whole months, or days where there are
 * none. A tariff's length never changes; `later`: prices that follow the first one, by their days.
 */
export type Terms = {
  tariff: string
  price: Kopecks
  months: number
  days: number
  later?: readonly PriceFrom[]
}

/** What a period costs that begins on that day. */
export function priceOn({ price, later = [] }: Terms, day: Day): Kopecks {
  return later.reduce((present, each) => (each.from <= day ? each.price : present), price)
}

/**
 * An unbroken run of paid periods of one till. Period k covers the days from boundary k to boundary
 * k + 1, both counted from the anchor, never from the period before.
 */
export type Subscription = {
  serial: string
  /** Counts the runs of the till from 1. */
  run: number
  terms: Terms
  anchor: Day
  /** Periods that are paid for: 0 … paid − 1. */
  paid: number
  /** What was charged for each of them. */
  charged: readonly Kopecks[]
  /** The next period is charged by itself where the account covers it. */
  renews: boolean
  /** What is renewed instead, once what is paid has ended. */
  next: Terms | null
  ended: { on: Day; why: EndReason } | null
}
/** `lapsed`: nobody paid on. `changed`: another run took over. `stopped`: staff ended it. */
export const endReasons = ['lapsed', 'changed', 'stopped'] as const
export type EndReason = (typeof endReasons)[number]

export const boundary = (
  { anchor, terms }: Pick<Subscription, 'anchor' | 'terms'>,
  k: number,
): Day => addDays(addMonths(anchor, k * terms.months), k * terms.days)

/** The first day that is not paid for. */
export const paidUntil = (subscription: Subscription): Day =>
  subscription.ended?.on ?? boundary(subscription, subscription.paid)

export const isCurrent = (subscription: Subscription): boolean => subscription.ended === null

/** A run that begins: its first period is still to be charged. */
export const newRun = (
  before: Pick<Subscription, 'serial' | 'run' | 'renews'>,
  { terms, anchor }: { terms: Terms; anchor: Day },
): Subscription => ({
  serial: before.serial,
  run: before.run + 1,
  terms,
  anchor,
  paid: 0,
  charged: [],
  renews: before.renews,
  next: null,
  ended: null,
})

/** What was charged for period k; of periods that no charge is known of what they cost then. */
export const chargedFor = (subscription: Subscription, k: number): Kopecks =>
  subscription.charged[k] ?? priceOn(subscription.terms, boundary(subscription, k))

/** What the next renewal costs as it is known now, and the day of it. */
export function nextRenewal(subscription: Subscription): { on: Day; price: Kopecks } {
  const on = paidUntil(subscription)
  return { on, price: priceOn(subscription.next ?? subscription.terms, on) }
}

/**
 * What was paid for the days from `today` on, by whole days: of the period that runs a share, of
 * periods to come all of it.
 */
export function unusedOf(subscription: Subscription, today: Day): Kopecks {
  const { paid } = subscription
  let unused = ZERO
  for (let k = 0; k < paid; k++) {
    const [from, until] = [boundary(subscription, k), boundary(subscription, k + 1)]
    if (until <= today) continue
    const left = daysBetween(laterDay(from, today), until)
    const price = chargedFor(subscription, k)
    unused = add(unused, kopecks(proportion(price, left, daysBetween(from, until))))
  }
  return unused
}

/** What a client has: one purse, and the runs of all its tills. */
export type Holdings = { balance: Kopecks; subscriptions: readonly Subscription[] }

/** One thing that is due, dated by the day on which it was. */
export type Due =
  | { is: 'charged'; subscription: Subscription; k: number; on: Day; sum: Kopecks }
  /** It stands as it is here from now on: begun, ended, or with other terms to come. */
  | { is: 'set'; subscription: Subscription }

/**
 * Everything that is due up to `today`, in the order in which it fell due, and what the client has
 * after it. Whoever was away for long catches up period by period: asked again it finds nothing.
 */
export function renewals(holdings: Holdings, today: Day): { due: Due[]; holdings: Holdings } {
  const due: Due[] = []
  let after = holdings
  for (;;) {
    const first = firstDue(after, today)
    if (!first) break
    const step = renewed(after, first)
    due.push(...step)
    after = step.reduce(afterDue, after)
  }
  return { due, holdings: after }
}

function firstDue({ subscriptions }: Holdings, today: Day): Subscription | null {
  const waiting = subscriptions.filter((each) => isCurrent(each) && paidUntil(each) <= today)
  const key = (each: Subscription) => `${paidUntil(each)} ${each.serial}`
  waiting.sort((a, b) => (key(a) < key(b) ? -1 : 1))
  return waiting[0] ?? null
}

/** At the end of what is paid a run is paid on, gives way to other terms, or lapses. */
function renewed({ balance }: Holdings, subscription: Subscription): Due[] {
  const { next, renews, paid } = subscription
  const { on, price: sum } = nextRenewal(subscription)
  const covers = renews && balance >= sum
  if (covers && !next) return [{ is: 'charged', subscription, k: paid, on, sum }]
  const ended: Due = {
    is: 'set',
    subscription: ending(subscription, on, covers ? 'changed' : 'lapsed'),
  }
  if (!covers || !next) return [ended]
  return [ended, ...begun(newRun(subscription, { terms: next, anchor: on }), sum)]
}

/** A run begins with its first period charged. */
export const begun = (subscription: Subscription, sum: Kopecks): Due[] => [
  { is: 'set', subscription },
  { is: 'charged', subscription, k: 0, on: subscription.anchor, sum },
]

export const ending = (subscription: Subscription, on: Day, why: EndReason): Subscription => ({
  serial: subscription.serial,
  run: subscription.run,
  terms: subscription.terms,
  anchor: subscription.anchor,
  paid: subscription.paid,
  charged: subscription.charged,
  renews: subscription.renews,
  next: subscription.next,
  ended: { on, why },
})

/** What the client has once a thing has come about. */
export function afterDue(holdings: Holdings, due: Due): Holdings {
  const { balance, subscriptions } = holdings
  const others = subscriptions.filter((each) => !isSameRun(each, due.subscription))
  switch (due.is) {
    case 'set':
      return { balance, subscriptions: [...others, due.subscription] }
    case 'charged': {
      const left = kopecks(balance - due.sum)
      return { balance: left, subscriptions: [...others, paidOn(due)] }
    }
    default:
      return due satisfies never
  }
}

/** The run once its next period is charged. */
export const paidOn = ({ subscription, k, sum }: Extract<Due, { is: 'charged' }>): Subscription =>
  Object.assign({}, subscription, { paid: k + 1, charged: [...subscription.charged, sum] })

const isSameRun = (a: Subscription, b: Subscription): boolean =>
  a.serial === b.serial && a.run === b.run

/**
 * Runs that lapsed for want of money and can be paid now: each begins anew on the day of payment,
 * with an anchor of its own; the gap is not paid for.
 */
export function resumptions(holdings: Holdings, today: Day): Due[] {
  const due: Due[] = []
  let after = holdings
  for (const last of lastRuns(holdings.subscriptions)) {
    if (last.ended?.why !== 'lapsed' || !last.renews) continue
    const terms = last.next ?? last.terms
    const anchor = laterDay(today, last.ended.on)
    const sum = priceOn(terms, anchor)
    if (after.balance < sum) continue
    const step = begun(newRun(last, { terms, anchor }), sum)
    due.push(...step)
    after = step.reduce(afterDue, after)
  }
  return due
}

/** The newest run of each till. */
export function lastRuns(subscriptions: readonly Subscription[]): Subscription[] {
  const last = new Map<string, Subscription>()
  for (const each of subscriptions) {
    if ((last.get(each.serial)?.run ?? 0) < each.run) last.set(each.serial, each)
  }
  return [...last.values()].sort((a, b) => (a.serial < b.serial ? -1 : 1))
}
