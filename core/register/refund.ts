import type { FiscalDocument } from '../document/document.ts'
import { type Line, lineCost, lineTotal, type Payment, spread } from '../document/totals.ts'
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

const worthOf = ({ sum, lines }: FiscalDocument): Kopecks[] => spread(sum, lines.map(lineTotal))

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

/** What of a sale may still come back: its lines, and the money by the means it came by. */
export type Rest = { lines: readonly RestLine[]; payments: readonly Payment[] }
/** `price` is the sale's; `left` of the line is worth `sum`. */
export type RestLine = { price: Kopecks; left: Thousandths; sum: Kopecks }
/** What is given back for what is wanted: line by line as wanted, and by means. */
export type Back = { sums: Kopecks[]; payments: Payment[]; total: Kopecks }

export function restOf(sale: FiscalDocument, undone: readonly Operation[]): Rest {
  const left = leftOf(sale, undone)
  return {
    lines: sale.lines.map(({ price }, line) => ({
      price,
      left: left[line]?.quantity ?? thousandths(0),
      sum: left[line]?.sum ?? ZERO,
    })),
    payments: paymentsLeft(sale, undone),
  }
}

/**
 * What is given back for what is wanted, never more than is left. A part of a line is worth its
 * share to the kopeck, and the last part what remains, so that all parts together are the whole.
 * Money goes back by the means it came by, in proportion to what is left of each.
 */
export function backOf(rest: Rest, wanted: readonly Wanted[]): Back | RefundFault {
  const lines = [...rest.lines]
  const sums: Kopecks[] = []
  for (const { line, quantity } of wanted) {
    const from = lines[line]
    if (!from || quantity > from.left) return { fault: 'exhausted', line }
    if (lineCost(from.price, quantity) === 0) return { fault: 'worthless', line }
    const sum = shareOf(from, quantity)
    // What the same line is wanted for twice comes off twice.
    lines[line] = { ...from, ...less(from, quantity, sum) }
    sums.push(sum)
  }
  const total = add(...sums)
  if (total === 0) return { fault: 'worthless', line: wanted[0]?.line ?? 0 }
  return { sums, total, payments: paymentsBack(rest.payments, total) }
}

/** The refund of what is wanted, as `backOf` counts it. */
export function refundOf(
  sale: FiscalDocument,
  undone: readonly Operation[],
  wanted: readonly Wanted[],
): Refund | RefundFault {
  const back = backOf(restOf(sale, undone), wanted)
  if ('fault' in back) return back
  const lines = wanted.flatMap(({ line, quantity }, i): Line[] => {
    const sold = sale.lines[line]
    if (!sold) return []
    const cost = lineCost(sold.price, quantity)
    const sum = back.sums[i] ?? ZERO
    return [
      {
        ...sold,
        quantity,
        discount: kopecks(Math.max(0, cost - sum)),
        markup: kopecks(Math.max(0, sum - cost)),
      },
    ]
  })
  const { total, payments } = back
  return { lines, returns: wanted.map(({ line }) => line), total, payments }
}

const shareOf = ({ left, sum }: RestLine, quantity: Thousandths): Kopecks =>
  quantity === left ? sum : kopecks(proportion(sum, quantity, left))

const less = (from: RestLine, quantity: number, sum: number) => ({
  left: thousandths(from.left - quantity),
  sum: kopecks(from.sum - sum),
})

function paymentsLeft({ settlement }: FiscalDocument, undone: readonly Operation[]): Payment[] {
  const came = { ...settlement, cash: kopecks(settlement.cash - settlement.change) }
  return (['cash', 'card', 'other'] as const).map((means) => {
    const gone = undone.flatMap(({ payments }) => payments.filter((row) => row.means === means))
    return { means, sum: add(came[means], ...gone.map(({ sum }) => kopecks(-sum))) }
  })
}

function paymentsBack(left: readonly Payment[], total: Kopecks): Payment[] {
  const parts = spread(
    total,
    left.map(({ sum }) => sum),
  )
  return left
    .map(({ means }, i) => ({ means, sum: parts[i] ?? ZERO }))
    .filter(({ sum }) => sum !== ZERO)
}
