import { type Kopecks, kopecks, MAX_TALLY, ZERO } from '../money.ts'
import type { Moment } from '../time.ts'
import type { Kind } from './kinds.ts'
import type { Settlement } from './totals.ts'

/** One row of a shift's counters. */
export type Counter = { count: number; sum: Kopecks; cash: Kopecks; card: Kopecks; other: Kopecks }

/** Running counters of a shift: an X-report reads them, a Z-report seals them. */
export type ShiftCounters = {
  shift: number
  openedAt: Moment
  /** Number of the shift's opening document, and of its latest one. */
  firstNumber: number
  lastNumber: number
  sale: Counter
  refund: Counter
  annulment: Counter
  deposit: Counter
  withdrawal: Counter
  discounts: Kopecks
  markups: Kopecks
}

/** What of a document the counters and the drawer need. Sums are never negative. */
export type CountedDocument = {
  kind: Kind
  number: number
  sum: Kopecks
  settlement: Settlement
  discounts: Kopecks
  markups: Kopecks
}

const empty: Counter = { count: 0, sum: ZERO, cash: ZERO, card: ZERO, other: ZERO }

export function openCounters(shift: number, openedAt: Moment, firstNumber: number): ShiftCounters {
  return {
    shift,
    openedAt,
    firstNumber,
    lastNumber: firstNumber,
    sale: empty,
    refund: empty,
    annulment: empty,
    deposit: empty,
    withdrawal: empty,
    discounts: ZERO,
    markups: ZERO,
  }
}

/** Counts a document into the shift; the cost does not depend on how many were counted before. */
export function count(counters: ShiftCounters, entry: CountedDocument): ShiftCounters {
  const next = { ...counters, lastNumber: entry.number }
  switch (entry.kind) {
    case 'shift-opening':
    case 'shift-closing':
      return next
    case 'sale':
      return {
        ...next,
        sale: counted(counters.sale, entry),
        discounts: kopecks(counters.discounts + entry.discounts),
        markups: kopecks(counters.markups + entry.markups),
      }
    case 'refund':
    case 'annulment':
    case 'deposit':
    case 'withdrawal':
      return { ...next, [entry.kind]: counted(counters[entry.kind], entry) }
    default:
      return entry.kind satisfies never
  }
}

/**
 * A document would bring a counter above MAX_TALLY. What the drawer gives out, and an annulment,
 * take no more than came in before: they never overflow, and a shift can always be closed.
 */
export function countersAreFull(
  counters: ShiftCounters,
  {
    kind,
    sum,
    discounts,
    markups,
  }: Pick<CountedDocument, 'kind' | 'sum' | 'discounts' | 'markups'>,
): boolean {
  switch (kind) {
    case 'sale':
      return (
        counters.sale.sum + sum > MAX_TALLY ||
        counters.discounts + discounts > MAX_TALLY ||
        counters.markups + markups > MAX_TALLY
      )
    case 'refund':
    case 'deposit':
      return counters[kind].sum + sum > MAX_TALLY
    case 'annulment':
    case 'withdrawal':
    case 'shift-opening':
    case 'shift-closing':
      return false
    default:
      return kind satisfies never
  }
}

function counted(counter: Counter, { sum, settlement }: CountedDocument): Counter {
  return {
    count: counter.count + 1,
    sum: kopecks(counter.sum + sum),
    cash: kopecks(counter.cash + settlement.cash - settlement.change),
    card: kopecks(counter.card + settlement.card),
    other: kopecks(counter.other + settlement.other),
  }
}
