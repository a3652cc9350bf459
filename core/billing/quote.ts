import { add, type Kopecks, subtract, ZERO } from '../money.ts'
import { addDays, type Day, laterDay } from './calendar.ts'
import {
  begun,
  chargedFor,
  type Due,
  ending,
  newRun,
  paidUntil,
  priceOn,
  type Subscription,
  type Terms,
  unusedOf,
} from './subscription.ts'

/**
 * What an order comes to. `start`: a run begins on the day of payment. `prolong`: one period more.
 * `upgrade`: dearer terms from today, unused days of the old ones are credited. `downgrade`:
 * cheaper terms once what is paid has ended, nothing to pay now.
 */
export const quoteKinds = ['start', 'prolong', 'upgrade', 'downgrade'] as const
export type QuoteKind = (typeof quoteKinds)[number]

/** The price as it was shown; an order names it, and is charged this and nothing else. */
export type Quote = {
  serial: string
  kind: QuoteKind
  terms: Terms
  /** What the old run gives back; what is left to pay, below zero where that is more. */
  credit: Kopecks
  sum: Kopecks
  on: Day
  /** The run that it was worked out from, and what of it was paid; null: there was none. */
  basis: { run: number; paid: number } | null
}

/** For so long a price that does not count days is good. */
export const QUOTE_DAYS = 14

/** The price of these terms for a till whose current run is `current`. */
export function quoteOf(
  { serial, current }: { serial: string; current: Subscription | null },
  terms: Terms,
  on: Day,
): Quote {
  const basis = current && { run: current.run, paid: current.paid }
  const priced = (kind: QuoteKind, credit: Kopecks, sum: Kopecks) => ({
    serial,
    kind,
    terms,
    credit,
    sum,
    on,
    basis,
  })
  const price = priceOn(terms, on)
  if (!current) return priced('start', ZERO, price)
  if (terms.tariff === current.terms.tariff) {
    return priced('prolong', ZERO, priceOn(terms, paidUntil(current)))
  }
  // A year is compared with a month by what a day of it costs.
  const present = chargedFor(current, current.paid - 1)
  const isDearer = price * lengthOf(current.terms) >= present * lengthOf(terms)
  if (!isDearer) return priced('downgrade', ZERO, ZERO)
  const credit = unusedOf(current, on)
  return priced('upgrade', credit, subtract(price, credit))
}

/** What the period costs that an order by this price pays for; a downgrade pays for none. */
export const priceOf = ({ credit, sum }: Pick<Quote, 'credit' | 'sum'>): Kopecks => add(sum, credit)

const lengthOf = ({ months, days }: Terms): number => months * 30 + days

/** Whether the price still stands: the same run, paid as far, and not too long ago. */
export function stillHolds(quote: Quote, current: Subscription | null, today: Day): boolean {
  const { basis, kind, on } = quote
  if ((basis?.run ?? null) !== (current?.run ?? null)) return false
  if ((basis?.paid ?? 0) !== (current?.paid ?? 0)) return false
  return kind === 'upgrade' ? today === on : today >= on && today < addDays(on, QUOTE_DAYS)
}

/** The last day on which an order by this price may still be paid. */
export const lastDayOf = ({ kind, on }: Quote): Day =>
  kind === 'upgrade' ? on : addDays(on, QUOTE_DAYS - 1)

export type CarriedOut = {
  due: Due[]
  /** Given back of the old run; 0: nothing. */
  credit: Kopecks
}

/** What a paid order brings about; `last`: the till's newest run, ended or not. */
export function carriedOut(
  quote: Quote,
  { last, today, renews }: { last: Subscription | null; today: Day; renews: boolean },
): CarriedOut {
  const { serial, terms, kind, credit } = quote
  const price = priceOf(quote)
  const before = { serial, run: last?.run ?? 0, renews }
  switch (kind) {
    case 'start': {
      const anchor = last ? laterDay(today, paidUntil(last)) : today
      return { due: begun(newRun(before, { terms, anchor }), price), credit: ZERO }
    }
    case 'prolong':
      return { due: last ? [prolonged(last, renews, price)] : [], credit: ZERO }
    case 'upgrade': {
      const ended: Due[] = last ? [{ is: 'set', subscription: ending(last, today, 'changed') }] : []
      const first = begun(newRun(before, { terms, anchor: today }), price)
      return { due: [...ended, ...first], credit }
    }
    case 'downgrade': {
      const changed = last && Object.assign({}, last, { next: terms, renews: true })
      return { due: changed ? [{ is: 'set', subscription: changed }] : [], credit: ZERO }
    }
    default:
      return kind satisfies never
  }
}

function prolonged(last: Subscription, renews: boolean, sum: Kopecks): Due {
  const subscription = Object.assign({}, last, { renews })
  return { is: 'charged', subscription, k: last.paid, on: paidUntil(last), sum }
}
