import type { Facts, Reason } from '../api/facts.ts'
import type { FieldFault } from '../api/field-fault.ts'
import type { OperationRequest } from '../api/operation-request.ts'
import type { FiscalDocument } from '../document/document.ts'
import type { Means } from '../document/kinds.ts'
import { isSameUnit, type UnitMark } from '../document/mark.ts'
import { type Line, type Payment, settle, totals, withoutChange } from '../document/totals.ts'
import { LARGEST_AMOUNT } from '../iso8583/fields.ts'
import { add, type Kopecks, kopecks, subtract, ZERO } from '../money.ts'
import type { Command } from '../sko/device.ts'
import { type CardPart, cardPart } from './card-part.ts'
import type { Operation, Signed } from './operation.ts'
import { type Left, leftOf, refundOf, type Wanted } from './refund.ts'
import { isUnproved } from './standing.ts'

/** What a request comes to: the command, its sum, and what of it is cash. */
export type Planned = {
  command: Command
  sum: Kopecks
  payments: Payment[]
  cash: Kopecks
  returns: number[]
  /** What goes through the bank; null: nothing does. */
  card: CardPart | null
  /** Of a sale, as its shift counts them. */
  discounts: Kopecks
  markups: Kopecks
}
type BasisCode =
  | ('basis.missing' | 'basis.wrong' | 'basis.not-last')
  | ('basis.annulled' | 'basis.unproved' | 'basis.exhausted')
export type Unplanned =
  | { kind: 'invalid'; field: string; fault: FieldFault; facts: Facts }
  | { kind: 'refused'; code: BasisCode; facts: Facts }
  | { kind: 'refused'; code: 'payment.wrong'; facts: Facts; field: 'payments' }

/** The receipt that a refund or an annulment is about, and what surrounds it. */
export type BasisReceipt = {
  operation: Operation | null
  /** Registered refunds and annulments of it. */
  undone: readonly Operation[]
  /** The register's last document and the open shift. */
  last: number | null
  shift: number | null
}

type Named = { code: string | null; name: string | null; mark: UnitMark | null }
type Given = {
  cashier: string
  /** Sale: the request's lines with what they left out taken from the goods. */
  lines: Line[]
  /** Refund: what the request calls each line, where it does not point at it. */
  names: readonly Named[]
  /** Refund: the sale's lines, from 0, of whose goods there are no parts. */
  pieces: ReadonlySet<number>
  basis: BasisReceipt
}

const notOfGoods = { returns: [], card: null, discounts: ZERO, markups: ZERO }

/** Plans a request. */
export function plan(request: OperationRequest, given: Given): Planned | Unplanned {
  const { cashier } = given
  switch (request.kind) {
    case 'shift-opening':
    case 'shift-closing': {
      const command: Command = { kind: request.kind, cashier }
      return { command, sum: ZERO, payments: [], cash: ZERO, ...notOfGoods }
    }
    case 'deposit':
    case 'withdrawal': {
      const { sum } = request
      if (sum === undefined) return invalid('sum', 'sum-missing')
      const command: Command = { kind: request.kind, cashier, sum }
      const payments: Payment[] = [{ means: 'cash', sum }]
      return { command, sum, payments, cash: sum, ...notOfGoods }
    }
    case 'sale':
      return planSale(request, given)
    case 'refund':
    case 'annulment': {
      const sale = saleOf(given.basis)
      if ('kind' in sale) return sale
      return request.kind === 'refund'
        ? planRefund(request, sale, given)
        : planAnnulment(sale, given)
    }
    default:
      return request.kind satisfies never
  }
}

const refused = (code: BasisCode, facts: Facts = {}) => ({ kind: 'refused', code, facts }) as const
const wrongPayment = (facts: Facts) =>
  ({ kind: 'refused', code: 'payment.wrong', facts, field: 'payments' }) as const
const wrongBasis = (reason: Reason) => refused('basis.wrong', { reason })
const invalid = (field: string, fault: FieldFault, facts: Facts = {}) =>
  ({ kind: 'invalid', field, fault, facts }) as const

/** The proved document of the sale that is to be undone. */
function saleOf({ operation }: BasisReceipt): Signed | Unplanned {
  if (!operation) return refused('basis.missing')
  if (operation.kind !== 'sale') return wrongBasis('not-sale')
  if (operation.state.is !== 'registered') return wrongBasis('not-made')
  return operation.signed ?? wrongBasis('not-checked')
}

function planRefund(
  { lines: asked = [] }: OperationRequest,
  { document: sale, sealed }: Signed,
  given: Given,
): Planned | Unplanned {
  const { cashier, names } = given
  const { undone } = given.basis
  if (undone.some(isAnnulment)) return refused('basis.annulled')
  const left = leftOf(sale, undone)
  const wanted = asked.map(({ line, quantity }, i) => ({
    line: line ?? lineCalled(sale, left, names[i]),
    quantity,
  }))
  const torn = tornPiece(left, wanted, given.pieces)
  if (torn !== null) return invalid(`lines.${torn}.quantity`, 'whole-pieces')
  const all = left.filter(({ quantity }) => quantity > 0)
  const refund = refundOf(sale, undone, asked.length > 0 ? wanted : all)
  if ('fault' in refund) {
    if (undone.some(isUnproved)) return refused('basis.unproved')
    const name = sale.lines[refund.line]?.name
    if (name === undefined) return refused('basis.exhausted', { reason: 'no-such-goods' })
    return refund.fault === 'exhausted'
      ? refused('basis.exhausted', { name })
      : refused('basis.exhausted', { name, reason: 'worthless' })
  }
  const { payments, total } = refund
  const basis = { number: sale.number, uid: sealed.uid }
  const command: Command = {
    kind: 'refund',
    cashier,
    lines: refund.lines,
    discount: ZERO,
    markup: ZERO,
    payments,
    total,
    basis,
  }
  const back = cardBack('refund', payments, given)
  if ('kind' in back) return back
  const { returns } = refund
  const cash = sumBy(payments, 'cash')
  return { command, sum: total, payments, cash, ...notOfGoods, returns, ...back }
}

/** The first wanted line by which a part of a piece would be left; null: there is none. */
function tornPiece(
  left: readonly Left[],
  wanted: readonly Wanted[],
  pieces: ReadonlySet<number>,
): number | null {
  const rest = left.map(({ quantity }): number => quantity)
  for (const { line, quantity } of wanted) rest[line] = (rest[line] ?? 0) - quantity
  const place = wanted.findIndex(({ line }) => pieces.has(line) && (rest[line] ?? 0) % PIECE !== 0)
  return place < 0 ? null : place
}

const PIECE = 1000

const isAnnulment = ({ kind }: Operation): boolean => kind === 'annulment'

const sumBy = (payments: readonly Payment[], by: Means): Kopecks =>
  add(...payments.filter(({ means }) => means === by).map(({ sum }) => sum))

/** The card's part goes back to the card that it came from, by the bank's own reference. */
function cardBack(
  kind: 'refund' | 'void',
  payments: readonly Payment[],
  { basis: { operation } }: Given,
): { card: CardPart | null } | Unplanned {
  const sum = sumBy(payments, 'card')
  if (sum === 0) return { card: null }
  const rrn = operation?.card?.approval?.rrn
  if (!rrn) return wrongBasis('not-by-card')
  return { card: cardPart(kind, sum, rrn) }
}

// A line named by its goods is the first such line of the sale of which anything is left.
function lineCalled(
  { lines }: FiscalDocument,
  left: readonly Left[],
  called: Named | undefined,
): number {
  const isCalled = (i: number) =>
    called?.mark
      ? isUnit(lines[i], called.mark)
      : called?.code != null
        ? lines[i]?.code === called.code
        : lines[i]?.name === called?.name
  return left.find(({ line, quantity }) => isCalled(line) && quantity > 0)?.line ?? lines.length
}

const isUnit = (line: Line | undefined, mark: UnitMark): boolean =>
  line?.mark !== undefined && isSameUnit(line.mark, mark)

/** R11: the very last document, a sale of the open shift, whole. */
function planAnnulment(
  { document: { number, shift: ofShift, sum, payments: paid, settlement } }: Signed,
  given: Given,
): Planned | Unplanned {
  const { cashier } = given
  const { last, shift, undone } = given.basis
  if (undone.some(isAnnulment)) return refused('basis.annulled')
  if (ofShift === shift && number !== last) {
    return refused('basis.not-last', { number: last ?? undefined })
  }
  if (ofShift !== shift) return refused('basis.not-last', { reason: 'other-shift' })
  const payments = withoutChange(paid, settlement)
  const back = cardBack('void', payments, given)
  if ('kind' in back) return back
  const cash = subtract(settlement.cash, settlement.change)
  return {
    command: { kind: 'annulment', cashier, number },
    sum,
    payments,
    cash,
    ...notOfGoods,
    ...back,
  }
}

function planSale(request: OperationRequest, { cashier, lines }: Given): Planned | Unplanned {
  const { payments = [], discount = ZERO, markup = ZERO } = request
  const sums = totals({ lines, discount, markup })
  if ('fault' in sums) {
    const field = sums.line === undefined ? (sums.field ?? 'lines') : `lines.${sums.line}`
    return invalid(field, 'not-sold', { fault: sums.fault })
  }
  const settlement = settle(sums.total, payments)
  if ('fault' in settlement) {
    return wrongPayment({ fault: settlement.fault })
  }
  if (settlement.card > LARGEST_AMOUNT) {
    return wrongPayment({ reason: 'too-much-by-card', sum: kopecks(LARGEST_AMOUNT) })
  }
  const { total, discounts, markups } = sums
  const basis = null
  const command: Command = {
    kind: 'sale',
    cashier,
    lines,
    discount,
    markup,
    payments,
    total,
    basis,
  }
  const cash = subtract(settlement.cash, settlement.change)
  const card = settlement.card > 0 ? cardPart('purchase', settlement.card) : null
  return { command, sum: total, payments, cash, returns: [], card, discounts, markups }
}
