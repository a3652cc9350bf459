import { type Line, spread, type Totals } from '../document/totals.ts'
import { add, type Kopecks, proportion } from '../money.ts'
import type { RegisterRight } from './rights.ts'
import { may } from './roles.ts'

// What a customer pays for known goods is the shop's to decide, by whatever field of a request it
// could be changed (R27): this is judged over the receipt as it would be sold.

/** A line as it would be sold, beside what the catalogue says of its goods. */
export type Rung = {
  line: Line
  /** Null: no goods of the catalogue. `prices`: what they may have been rung up at (R27). */
  known: { name: string; vat: Line['vat']; prices: readonly Kopecks[] } | null
}
/** Discount and markup are those of the whole receipt. */
export type Receipt = { lines: readonly Line[]; discount: Kopecks; markup: Kopecks }

type Entitled = { rights: readonly RegisterRight[]; discountPercent: number }

/** A right that the receipt needs and the person has not. */
export type Lack = {
  right: Extract<RegisterRight, 'price.change' | 'price.free' | 'discount'>
  /** Place and line; null: the receipt as a whole. */
  place: number | null
  line: Line | null
  /** Of the person's discounts, in percent. */
  limit: number
}

/** What the person may not do of a receipt: the lines in their order, then the whole. */
export function lacksOf(
  rung: readonly Rung[],
  { discount, markup, totals }: { discount: Kopecks; markup: Kopecks; totals: Totals },
  person: Entitled,
): Lack[] {
  const limit = may(person, 'discount') ? person.discountPercent : 0
  const lack = (right: Lack['right'], place: number | null): Lack => ({
    right,
    place,
    line: place === null ? null : (rung[place]?.line ?? null),
    limit,
  })
  const ofLines = rung.flatMap(({ line, known }, place): Lack[] => [
    ...(isFree(line, known) && !may(person, 'price.free') ? [lack('price.free', place)] : []),
    ...(isRepriced(line, known) && !may(person, 'price.change')
      ? [lack('price.change', place)]
      : []),
  ])
  const { lineTotals, costs } = totals
  const over = (own: readonly Kopecks[], whole: Kopecks) =>
    overLimit({ own, whole, costs, weights: lineTotals, limit })
  const discounts = over(
    rung.map(({ line }) => line.discount),
    discount,
  )
  const markups = over(
    rung.map(({ line }) => line.markup),
    markup,
  )
  const places = [...new Set([...discounts, ...markups])]
  return [...ofLines, ...places.map((place) => lack('discount', place))]
}

const isFree = (line: Line, known: Rung['known']): boolean =>
  known === null || line.name !== known.name || line.vat !== known.vat

const isRepriced = ({ price }: Line, known: Rung['known']): boolean =>
  known !== null && !known.prices.includes(price)

type Adjusted = {
  /** Discounts (or markups) of the lines, and that of the whole receipt. */
  own: readonly Kopecks[]
  whole: Kopecks
  costs: readonly Kopecks[]
  weights: readonly Kopecks[]
  limit: number
}

/**
 * Places of the lines that go over the limit, with their share of the receipt's own; null: only all
 * together do. «20%» is typed of each sum and rounded, so each sum's own rounding is allowed.
 */
function overLimit({ own, whole, costs, weights, limit }: Adjusted): (number | null)[] {
  if (limit >= 100) return []
  const most = (cost: number) => proportion(cost, limit, 100)
  const shares = spread(whole, weights)
  const isOver = (sum: Kopecks, place: number) => {
    const share = shares[place] ?? 0
    // A share is within a kopeck of what is due.
    return sum + share > most(costs[place] ?? 0) + (share > 0 && limit > 0 ? 1 : 0)
  }
  const lines = own.flatMap((sum, place) => (isOver(sum, place) ? [place] : []))
  if (lines.length > 0) return lines
  const allowed = costs.reduce((sum, cost) => sum + most(cost), 0)
  const isTooMuch = add(...own, whole) > Math.max(allowed, most(add(...costs)))
  return isTooMuch ? [null] : []
}

/**
 * A receipt that somebody with the rights has let pass as it stood, for the shift. `operation`: for
 * this one alone, at the asking of `asker`; older journals have neither.
 */
export type Grant = {
  id: string
  person: string
  shift: number
  receipt: Receipt
  operation?: string
  asker?: string
}

/**
 * What is left to refuse beside a grant. A line passes while it is one of those that were granted;
 * discounts pass while all of these are there, since a discount of one line may be a gift of
 * another, and while the whole receipt has no more of them.
 */
export function lacksBeside(lacks: readonly Lack[], receipt: Receipt, granted: Receipt): Lack[] {
  const left = granted.lines.map(asKey)
  const isGranted = receipt.lines.map((line) => {
    const found = left.indexOf(asKey(line))
    if (found >= 0) left.splice(found, 1)
    return found >= 0
  })
  const { discount, markup } = receipt
  const asMuch = left.length === 0 && discount <= granted.discount && markup <= granted.markup
  return lacks.filter(({ right, place }) => {
    const passes = place === null || isGranted[place] === true
    return !(passes && (right !== 'discount' || asMuch))
  })
}

const asKey = ({ name, code, price, quantity, discount, markup, vat }: Line): string =>
  JSON.stringify([name, code, price, quantity, discount, markup, vat])
