import { assert } from '../assert.ts'
import type { FiscalDocument } from '../document/document.ts'
import { type Line, lineCost, type Payment, spread, totals } from '../document/totals.ts'
import {
  add,
  type Kopecks,
  kopecks,
  proportion,
  type Thousandths,
  thousandths,
  ZERO,
} from '../money.ts'
import type { Operation } from './operation.ts'

/** What of a sale's line, counted from 0, may still come back. */
export type Left = { line: number; quantity: Thousandths; sum: Kopecks }
/** A line wanted back. */
export type Wanted = { line: number; quantity: Thousandths }
export type Refund = { lines: Line[]; returns: number[]; payments: Payment[]; total: Kopecks }
export type RefundFault = { fault: 'exhausted' | 'worthless'; line: number }

type Returned = { quantity: number; sum: number }

/**
 * What of a sale may still come back, line by line. `undone` are its refunds and annulments, those
 * included that may turn out to have a document. A line is worth its share of what was really paid:
 * receipt discounts are spread.
 */
export function leftOf(sale: FiscalDocument, undone: readonly Operation[]): Left[] {
  const isAnnulled = undone.some(({ kind }) => kind === 'annulment')
  const worth = worthOf(sale)
  const back = returned(sale, undone)
  return sale.lines.map(({ quantity }, line) => ({
    line,
    quantity: thousandths(isAnnulled ? 0 : quantity - (back[line]?.quantity ?? 0)),
    sum: isAnnulled ? ZERO : kopecks((worth[line] ?? 0) - (back[line]?.sum ?? 0)),
  }))
}

function worthOf(sale: FiscalDocument): Kopecks[] {
  const sums = totals(sale)
  assert(!('fault' in sums), 'a signed sale adds up')
  return spread(sale.sum, sums.lineTotals)
}

function returned({ lines }: FiscalDocument, undone: readonly Operation[]): Returned[] {
  const back = lines.map(() => ({ quantity: 0, sum: 0 }))
  for (const { command, returns } of undone) {
    if (!('lines' in command)) continue
    for (const [i, { price, quantity, discount, markup }] of command.lines.entries()) {
      const row = back[returns[i] ?? -1]
      if (!row) continue
      row.quantity += quantity
      row.sum += lineCost(price, quantity) - discount + markup
    }
  }
  return back
}

/**
 * The refund of what is wanted, never more than is left. A part of a line is worth its share to the
 * kopeck, and the last part what remains, so that all parts together are the whole. Money goes back
 * by the means it came by, in proportion to what is left of each.
 */
export function refundOf(
  sale: FiscalDocument,
  undone: readonly Operation[],
  wanted: readonly Wanted[],
): Refund | RefundFault {
  const left = leftOf(sale, undone)
  const lines: Line[] = []
  const sums: Kopecks[] = []
  for (const { line, quantity } of wanted) {
    const sold = sale.lines[line]
    const rest = left[line]
    if (!sold || !rest || quantity > rest.quantity) return { fault: 'exhausted', line }
    const sum = shareOf(rest, quantity)
    const cost = lineCost(sold.price, quantity)
    if (cost === 0) return { fault: 'worthless', line }
    // What the same line is wanted for twice comes off twice.
    left[line] = { ...rest, ...less(rest, quantity, sum) }
    sums.push(sum)
    lines.push({
      ...{ ...sold, quantity },
      discount: kopecks(Math.max(0, cost - sum)),
      markup: kopecks(Math.max(0, sum - cost)),
    })
  }
  const total = add(...sums)
  if (total === 0) return { fault: 'worthless', line: wanted[0]?.line ?? 0 }
  const returns = wanted.map(({ line }) => line)
  return { lines, returns, total, payments: paymentsBack(sale, undone, total) }
}

const shareOf = (left: Left, quantity: Thousandths): Kopecks =>
  quantity === left.quantity ? left.sum : kopecks(proportion(left.sum, quantity, left.quantity))

const less = (left: Left, quantity: number, sum: number) => ({
  quantity: thousandths(left.quantity - quantity),
  sum: kopecks(left.sum - sum),
})

function paymentsBack(
  { settlement }: FiscalDocument,
  undone: readonly Operation[],
  total: Kopecks,
): Payment[] {
  const means = ['cash', 'card', 'other'] as const
  const came = { ...settlement, cash: kopecks(settlement.cash - settlement.change) }
  const left = means.map((name) => {
    const gone = undone.flatMap(({ payments }) => payments.filter((row) => row.means === name))
    return add(came[name], ...gone.map(({ sum }) => kopecks(-sum)))
  })
  return spread(total, left)
    .map((sum, i) => ({ means: means[i] ?? 'cash', sum }))
    .filter(({ sum }) => sum !== ZERO)
}
