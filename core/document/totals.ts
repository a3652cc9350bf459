import { assert } from '../assert.ts'
import {
  type Kopecks,
  kopecks,
  MAX_QUANTITY,
  MAX_SUM,
  proportion,
  type Thousandths,
  ZERO,
} from '../money.ts'
import type { Means, VatRate } from './kinds.ts'
import type { UnitMark } from './mark.ts'

/** A line of goods as sold. Discount and markup are sums on the whole line, never negative. */
export type Line = {
  name: string
  /** Barcode or the shop's own code; null for goods without one. */
  code: string | null
  price: Kopecks
  quantity: Thousandths
  discount: Kopecks
  markup: Kopecks
  vat: VatRate
  /** Of a marked unit; unmarked goods have none, so that their bytes stay what they were. */
  mark?: UnitMark | undefined
}

/** What a customer hands over by one means; cash may exceed what is due, the rest is change. */
export type Payment = { means: Means; sum: Kopecks }

export type Basket = {
  lines: readonly Line[]
  /** Discount and markup on the whole receipt, sums, never negative. */
  discount: Kopecks
  markup: Kopecks
}

export type VatGroup = { rate: VatRate; gross: Kopecks; vat: Kopecks }

export type Totals = {
  /** price × quantity of every line, rounded half-up to the kopeck. */
  costs: Kopecks[]
  /** Cost − discount + markup of every line, before the receipt's own discount. */
  lineTotals: Kopecks[]
  cost: Kopecks
  discounts: Kopecks
  markups: Kopecks
  total: Kopecks
  vat: VatGroup[]
}

/** Codes of the tsrv protocol (fact:tsrv): till and device refuse in one language. */
export type TotalsFault =
  | 'TIN_NO_ITEMS'
  | 'TIN_ZERO_SUM'
  | 'TIN_NEGATIVE_SUM'
  | 'TIN_SUM_OVERFLOW'
  | 'TIN_QUANTITY_OVERFLOW'
  | 'TIN_ZERO_QUANTITY'
type WrongBasket = {
  fault: TotalsFault
  /** The line that is at fault, from 0. */
  line?: number
  /** What of the whole receipt is at fault, where it is no line. */
  field?: 'discount' | 'markup'
}

/** Price × quantity, half-up; too large for a document it is a kopeck above MAX_SUM. */
export const lineCost = (price: Kopecks, quantity: Thousandths): Kopecks =>
  kopecks(Math.min(proportion(price, quantity, 1000), MAX_SUM + 1))

/** Cost − discount + markup: what a line comes to before the receipt's own discount. */
export const lineTotal = ({ price, quantity, discount, markup }: Line): Kopecks =>
  kopecks(lineCost(price, quantity) - discount + markup)

/** The VAT inside a gross sum, half-up to the kopeck (fact:vat). */
export const vatInside = (gross: Kopecks, rate: VatRate): Kopecks =>
  rate === null || rate === 0 ? ZERO : kopecks(proportion(gross, rate, 100 + rate))

/**
 * Totals of a basket in exact integer arithmetic. VAT is taken once per rate, from the sum of its
 * lines after the receipt's discount was spread over them: lines never drift from the total. No
 * figure of them is above MAX_SUM: each is signed, or counted, as a sum.
 */
export function totals(basket: Basket): Totals | WrongBasket {
  const { lines } = basket
  if (lines.length === 0) return { fault: 'TIN_NO_ITEMS' }
  for (const [line, each] of lines.entries()) {
    const fault = faultOf(each)
    if (fault) return { fault, line }
  }
  if (basket.discount < 0) return { fault: 'TIN_NEGATIVE_SUM', field: 'discount' }
  if (basket.markup < 0) return { fault: 'TIN_NEGATIVE_SUM', field: 'markup' }
  const costs = lines.map(({ price, quantity }) => lineCost(price, quantity))
  const cost = sum(costs)
  const discounts = sum(lines.map((line) => line.discount)) + basket.discount
  const markups = sum(lines.map((line) => line.markup)) + basket.markup
  if (cost > MAX_SUM) return { fault: 'TIN_SUM_OVERFLOW' }
  if (discounts > MAX_SUM) return { fault: 'TIN_SUM_OVERFLOW', field: 'discount' }
  const total = cost - discounts + markups
  if (markups > MAX_SUM || total > MAX_SUM) return { fault: 'TIN_SUM_OVERFLOW', field: 'markup' }
  if (total < 0) return { fault: 'TIN_NEGATIVE_SUM', field: 'discount' }
  if (total === 0) return { fault: 'TIN_ZERO_SUM' }
  const lineTotals = lines.map(lineTotal)
  return {
    costs,
    lineTotals,
    cost: kopecks(cost),
    discounts: kopecks(discounts),
    markups: kopecks(markups),
    total: kopecks(total),
    vat: vatGroups(lines, spread(kopecks(total), lineTotals)),
  }
}

function faultOf({ price, quantity, discount, markup }: Line): TotalsFault | null {
  if (quantity <= 0) return 'TIN_ZERO_QUANTITY'
  if (quantity > MAX_QUANTITY) return 'TIN_QUANTITY_OVERFLOW'
  if (price < 0 || discount < 0 || markup < 0) return 'TIN_NEGATIVE_SUM'
  const cost = lineCost(price, quantity)
  if (Math.max(price, cost, discount, markup) > MAX_SUM) return 'TIN_SUM_OVERFLOW'
  if (cost === 0) return 'TIN_ZERO_SUM'
  return cost - discount + markup < 0 ? 'TIN_NEGATIVE_SUM' : null
}

/**
 * Spreads a sum over weights by largest remainder: the parts add up to the sum exactly and each is
 * within a kopeck of its share. With all weights zero the first part takes everything.
 */
export function spread(total: Kopecks, weights: readonly Kopecks[]): Kopecks[] {
  assert(total >= 0 && weights.every((weight) => weight >= 0), 'spread takes no negative sums')
  const whole = BigInt(sum(weights))
  if (whole === 0n) return weights.map((_, i) => (i === 0 ? total : ZERO))
  const shares = weights.map((weight, i) => {
    const exact = BigInt(total) * BigInt(weight)
    return { i, part: Number(exact / whole), rest: exact % whole }
  })
  let left = total - shares.reduce((a, share) => a + share.part, 0)
  const byRest = [...shares].sort((a, b) =>
    a.rest === b.rest ? a.i - b.i : a.rest < b.rest ? 1 : -1,
  )
  for (const share of byRest) {
    if (left === 0) break
    share.part += 1
    left -= 1
  }
  return shares.map((share) => kopecks(share.part))
}

function vatGroups(lines: readonly Line[], shares: readonly Kopecks[]): VatGroup[] {
  const gross = new Map<VatRate, number>()
  for (const [i, line] of lines.entries()) {
    gross.set(line.vat, (gross.get(line.vat) ?? 0) + (shares[i] ?? 0))
  }
  return [...gross]
    .sort(([a], [b]) => (a ?? -1) - (b ?? -1))
    .map(([rate, group]) => ({ rate, gross: kopecks(group), vat: vatInside(kopecks(group), rate) }))
}

export type PaymentFault =
  | 'TIN_NOT_ENOUGH_MONEY'
  | 'TIN_CASHLESS_OVERFLOW'
  | 'TIN_CASH_OVERFLOW'
  | 'TIN_NEGATIVE_SUM'
  | 'TIN_SUM_OVERFLOW'

/** What was paid by each means, and what of the cash goes back as change. */
export type Settlement = { cash: Kopecks; card: Kopecks; other: Kopecks; change: Kopecks }

/** The device's payment arithmetic (fact:tsrv): change is given of cash alone. */
export function settle(
  total: Kopecks,
  payments: readonly Payment[],
): Settlement | { fault: PaymentFault } {
  if (payments.some((payment) => payment.sum < 0)) return { fault: 'TIN_NEGATIVE_SUM' }
  const cash = paidBy('cash', payments)
  const cashless = paidBy('card', payments) + paidBy('other', payments)
  // What came by one means is signed as one sum, however many payments it came in.
  if (cash > MAX_SUM || cashless > MAX_SUM) return { fault: 'TIN_SUM_OVERFLOW' }
  if (cash + cashless < total) return { fault: 'TIN_NOT_ENOUGH_MONEY' }
  if (cashless > total) return { fault: 'TIN_CASHLESS_OVERFLOW' }
  if (cashless === total && cash !== 0) return { fault: 'TIN_CASH_OVERFLOW' }
  return settled(total, payments)
}

/** The settlement of payments that were judged when they were taken. */
export function settled(total: Kopecks, payments: readonly Payment[]): Settlement {
  const cash = paidBy('cash', payments)
  const card = paidBy('card', payments)
  const other = paidBy('other', payments)
  const change = kopecks(cash + card + other - total)
  return { cash: kopecks(cash), card: kopecks(card), other: kopecks(other), change }
}

const paidBy = (means: Means, payments: readonly Payment[]): number =>
  sum(payments.filter((payment) => payment.means === means).map((payment) => payment.sum))

/** What was really paid: change went back at once, out of the cash that was handed over. */
export function withoutChange(payments: readonly Payment[], { change }: Settlement): Payment[] {
  let back: number = change
  return payments.map((payment) => {
    const off = payment.means === 'cash' ? Math.min(back, payment.sum) : 0
    back -= off
    return { ...payment, sum: kopecks(payment.sum - off) }
  })
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
