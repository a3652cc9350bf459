import type { FiscalDocument } from '../document/document.ts'
import { lineTotal, spread } from '../document/totals.ts'
import { type Kopecks, kopecks, proportion, ZERO } from '../money.ts'

// What a shop takes (N12): counted from documents alone, and added up hour by hour as they come.

/** Counts and sums of documents; sums are never negative, but those by means may be. */
export type Takings = {
  sales: number
  sold: Kopecks
  annulments: number
  annulled: Kopecks
  refunds: number
  refunded: Kopecks
  /** What stayed: came by it less what went back by it. */
  cash: Kopecks
  card: Kopecks
  other: Kopecks
}

export const tradeFields = [
  'sales',
  'sold',
  'annulments',
  'annulled',
  'refunds',
  'refunded',
  'cash',
  'card',
  'other',
] as const satisfies readonly (keyof Takings)[]

export const noTakings: Takings = {
  sales: 0,
  sold: ZERO,
  annulments: 0,
  annulled: ZERO,
  refunds: 0,
  refunded: ZERO,
  cash: ZERO,
  card: ZERO,
  other: ZERO,
}

type Traded = Pick<FiscalDocument, 'kind' | 'sum' | 'settlement'>

/** What a document adds; null: it is about no goods. */
export function takingsOf({ kind, sum, settlement }: Traded): Takings | null {
  const sign = signOf(kind)
  if (sign === 0) return null
  const trade: Takings = Object.assign({}, noTakings, {
    cash: kopecks(sign * (settlement.cash - settlement.change)),
    card: kopecks(sign * settlement.card),
    other: kopecks(sign * settlement.other),
  })
  if (kind === 'sale') return Object.assign(trade, { sales: 1, sold: sum })
  return kind === 'refund'
    ? Object.assign(trade, { refunds: 1, refunded: sum })
    : Object.assign(trade, { annulments: 1, annulled: sum })
}

function signOf(kind: FiscalDocument['kind']): 1 | -1 | 0 {
  switch (kind) {
    case 'sale':
      return 1
    case 'refund':
    case 'annulment':
      return -1
    case 'deposit':
    case 'withdrawal':
    case 'shift-opening':
    case 'shift-closing':
      return 0
    default:
      return kind satisfies never
  }
}

export function addTakings(one: Takings, other: Takings): Takings {
  const sum = Object.assign({}, one)
  for (const name of tradeFields) sum[name] = kopecks(one[name] + other[name])
  return sum
}

/** Sold less what went back. */
export const takenOf = ({ sold, annulled, refunded }: Takings): Kopecks =>
  kopecks(sold - annulled - refunded)

/** Sales that stand. */
export const receiptsOf = ({ sales, annulments }: Takings): number => sales - annulments

/** Of the sales that stand, before refunds, to the kopeck; null where there are none. */
export function averageOf(trade: Takings): Kopecks | null {
  const receipts = receiptsOf(trade)
  const stands = trade.sold - trade.annulled
  return receipts > 0 && stands >= 0 ? kopecks(proportion(stands, 1, receipts)) : null
}

/**
 * What of a document's sum belongs to each group of goods, together the whole of it, below zero
 * where it went back. `groups`: of its lines, in their order; lines beyond them are of no group.
 */
export function groupSums(
  { kind, sum, lines }: Pick<FiscalDocument, 'kind' | 'sum' | 'lines'>,
  groups: readonly string[],
): Map<string, Kopecks> {
  const sums = new Map<string, Kopecks>()
  const sign = signOf(kind)
  if (sign === 0 || lines.length === 0) return sums
  for (const [i, share] of spread(sum, lines.map(lineTotal)).entries()) {
    const group = groups[i] ?? ''
    sums.set(group, kopecks((sums.get(group) ?? 0) + sign * share))
  }
  return sums
}

/** Hours or days counted up by one, `until` included: what is missing between is nothing. */
export function filled(
  rows: ReadonlyMap<number, Takings>,
  { from, until }: { from: number; until: number },
): { place: number; trade: Takings }[] {
  return Array.from({ length: Math.max(0, until - from + 1) }, (_, i) => ({
    place: from + i,
    trade: rows.get(from + i) ?? noTakings,
  }))
}
