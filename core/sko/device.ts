import type { Facts } from '../api/facts.ts'
import {
  type Basis,
  cashEffect,
  type FiscalDocument,
  GENESIS,
  type Issuer,
} from '../document/document.ts'
import { type Kind, kinds } from '../document/kinds.ts'
import { unitsOf } from '../document/mark.ts'
import { count, countersAreFull, openCounters, type ShiftCounters } from '../document/report.ts'
import {
  type Line,
  type Payment,
  type Settlement,
  settle,
  totals,
  withoutChange,
} from '../document/totals.ts'
import type { Uid } from '../document/uid.ts'
import { add, type Kopecks, kopecks, MAX_SUM, MAX_TALLY, ZERO } from '../money.ts'
import { DAY, HOUR, LAST_MOMENT, MINUTE } from '../time.ts'
import type { DeviceFault } from './faults.ts'

/** All that a device remembers besides its documents. Numbers count every document, from 1. */
export type Device = {
  issuer: Issuer
  number: number
  /** Hash of the last document. */
  hash: string
  lastAt: number
  cash: Kopecks
  /** Sum of all sales ever, less refunds and annulments. */
  turnover: Kopecks
  /** Number of the last shift opened. */
  lastShift: number
  shift: ShiftCounters | null
}

/** What a client may ask a device to document. */
export type Command =
  | { kind: 'shift-opening' | 'shift-closing'; cashier: string }
  | { kind: 'deposit' | 'withdrawal'; cashier: string; sum: Kopecks }
  | {
      kind: 'sale' | 'refund'
      cashier: string
      lines: Line[]
      discount: Kopecks
      markup: Kopecks
      payments: Payment[]
      /** What the client holds the total to be; the device refuses to sign another one. */
      total: Kopecks | null
      basis: Basis | null
    }
  | { kind: 'annulment'; cashier: string; number: number }

/** What surrounds a command: nothing of it comes from the command's bytes. */
export type Circumstances = {
  now: number
  operation: string | null
  /** The number that the client expects; null when it does not say. */
  expected: number | null
  /** The device's last document, if any, with its uid. */
  last: { document: FiscalDocument; uid: Uid } | null
  /** When the oldest document not acknowledged by the operator was made. */
  oldestUnsentAt: number | null
}

export type Accepted = { document: FiscalDocument; device: (hash: string) => Device }
export type DeviceRefusal = { fault: DeviceFault; facts?: Facts }

/** A shift may last a day, an unsent document may wait a week (fact:limits, manual §5). */
export const LONGEST_SHIFT = 24 * HOUR
export const LONGEST_UNSENT = 7 * DAY
// A clock set back a little by NTP must not stop trade; set back more, it is wrong.
const TOLERATED_STEP_BACK = 5 * MINUTE

/** A device without documents; `lastShift`: shifts are counted on from that one. */
export function newDevice(issuer: Issuer, lastShift = 0): Device {
  return {
    issuer,
    number: 0,
    hash: GENESIS,
    lastAt: 0,
    cash: ZERO,
    turnover: ZERO,
    lastShift,
    shift: null,
  }
}

/** Decides on a command. Refusals are asked in one order, and a refusal changes nothing. */
export function accept(
  device: Device,
  command: Command,
  circumstances: Circumstances,
): Accepted | DeviceRefusal {
  const standing = refuseByStanding(device, command.kind, circumstances)
  if (standing) return standing
  const content = contentOf(device, command, circumstances)
  if ('fault' in content) return content
  const effect = cashEffect(command.kind, content.settlement)
  const cash = add(device.cash, effect)
  if (cash < 0) {
    const fault = command.kind === 'withdrawal' ? 'TIN_NOT_ENOUGH_CASH_IN' : null
    return { fault: fault ?? 'AVQFR_NEGATIVE_SHIFT_BALANCE' }
  }
  if (command.kind === 'shift-closing' && cash !== 0) return { fault: 'ZPOS_DRAWER_NOT_EMPTY' }
  const overflow = overflowOf(device, command.kind, content)
  if (overflow) return overflow
  return sign(device, command, { ...content, cash, circumstances })
}

/**
 * What documents add up to is signed in its turn, so that it has bounds too. What leads away from
 * a bound is never refused: it is the way out.
 */
function overflowOf(device: Device, kind: Kind, content: Content): DeviceRefusal | null {
  const effect = cashEffect(kind, content.settlement)
  if (effect > 0 && device.cash + effect > MAX_SUM) {
    return { fault: 'TIN_SUM_OVERFLOW', facts: { reason: 'drawer-full' } }
  }
  const { sum, discounts, markups } = content
  if (device.shift && countersAreFull(device.shift, { kind, sum, discounts, markups })) {
    return { fault: 'AVQFR_RECEIPT_SUM_OVERFLOW' }
  }
  const turnover = device.turnover + turnoverOf(kind, sum)
  const isFurther = Math.abs(turnover) > Math.abs(device.turnover)
  return isFurther && Math.abs(turnover) > MAX_TALLY
    ? { fault: 'AVQFR_TOTAL_TRADE_OVERFLOW' }
    : null
}

function refuseByStanding(
  device: Device,
  kind: Kind,
  { now, expected, oldestUnsentAt }: Circumstances,
): DeviceRefusal | null {
  if (expected !== null && expected !== device.number + 1) {
    return { fault: 'AVQFR_BAD_RECEIPT_NUMBER', facts: { expected: device.number + 1 } }
  }
  if (now > LAST_MOMENT) return { fault: 'AVQFR_BAD_DATE_TIME' }
  if (now < device.lastAt - TOLERATED_STEP_BACK) return { fault: 'AVQFR_BAD_DATE_TIME' }
  if (kinds[kind].shift === 'open' && !device.shift) return { fault: 'AVQFR_SHIFT_IS_CLOSED' }
  if (kinds[kind].shift === 'closed' && device.shift) return { fault: 'AVQFR_SHIFT_IS_OPENED' }
  if (oldestUnsentAt !== null && now - oldestUnsentAt > LONGEST_UNSENT) {
    return { fault: 'AVQFR_RECEIPT_IS_PENDING' }
  }
  // A late shift may still be emptied and closed, or it could never be closed at all.
  const ends = kind === 'shift-closing' || kind === 'withdrawal'
  if (device.shift && !ends && now - device.shift.openedAt > LONGEST_SHIFT) {
    return { fault: 'AVQFR_SHIFT_IS_PENDING' }
  }
  return null
}

type Content = Pick<
  FiscalDocument,
  'lines' | 'discount' | 'markup' | 'payments' | 'settlement' | 'sum' | 'vat' | 'basis'
> & { discounts: Kopecks; markups: Kopecks }

const noMoney: Settlement = { cash: ZERO, card: ZERO, other: ZERO, change: ZERO }
const nothing: Content = {
  lines: [],
  discount: ZERO,
  markup: ZERO,
  payments: [],
  settlement: noMoney,
  sum: ZERO,
  vat: [],
  basis: null,
  discounts: ZERO,
  markups: ZERO,
}

function contentOf(
  device: Device,
  command: Command,
  { last }: Circumstances,
): Content | DeviceRefusal {
  switch (command.kind) {
    case 'shift-opening':
    case 'shift-closing':
      return nothing
    case 'deposit':
    case 'withdrawal':
      if (command.sum <= 0) return { fault: 'TIN_ZERO_SUM' }
      if (command.sum > MAX_SUM) return { fault: 'TIN_SUM_OVERFLOW' }
      return {
        ...nothing,
        sum: command.sum,
        payments: [{ means: 'cash', sum: command.sum }],
        settlement: { ...noMoney, cash: command.sum },
      }
    case 'sale':
    case 'refund':
      return contentOfGoods(command)
    case 'annulment':
      return contentOfAnnulment(device, command.number, last)
    default:
      return command satisfies never
  }
}

function contentOfGoods(
  command: Extract<Command, { kind: 'sale' | 'refund' }>,
): Content | DeviceRefusal {
  const { lines, discount, markup, payments, basis } = command
  const marked = refuseByMarks(lines)
  if (marked) return marked
  const sums = totals(command)
  if ('fault' in sums) return faultOfLine(sums)
  if (command.total !== null && command.total !== sums.total) {
    return { fault: 'AVQFR_BAD_RECEIPT_TOTAL' }
  }
  const settlement = settle(sums.total, payments)
  if ('fault' in settlement) return settlement
  // Money goes back to the customer to the kopeck: a refund has no change.
  if (command.kind === 'refund' && settlement.change > 0) return { fault: 'TIN_CASH_OVERFLOW' }
  const { discounts, markups, total, vat } = sums
  return {
    lines,
    discount,
    markup,
    payments,
    settlement,
    sum: total,
    vat,
    basis,
    discounts,
    markups,
  }
}

const ONE_UNIT = 1000

/** A code of a mark is one unit's, whoever sends it: never of several, and once in a document. */
function refuseByMarks(lines: readonly Line[]): DeviceRefusal | null {
  const seen = new Set<string>()
  for (const [place, { mark, quantity }] of lines.entries()) {
    if (!mark) continue
    const facts = (field: string) => ({ line: place, field: `items.${place}.${field}` })
    if (quantity !== ONE_UNIT) return { fault: 'ZPOS_MARK_ONE_UNIT', facts: facts('quantity') }
    const units = unitsOf(mark)
    if (units.some((unit) => seen.has(unit))) {
      return { fault: 'ZPOS_MARK_TWICE', facts: facts('markings') }
    }
    for (const unit of units) seen.add(unit)
  }
  return null
}

const faultOfLine = ({ fault, line }: { fault: DeviceFault; line?: number }): DeviceRefusal =>
  line === undefined ? { fault } : { fault, facts: { line } }

/** Annulment: the device's very last document, a sale of the present shift, whole (R11). */
function contentOfAnnulment(
  device: Device,
  number: number,
  last: Circumstances['last'],
): Content | DeviceRefusal {
  if (last?.document.kind !== 'sale' || last.document.shift !== device.shift?.shift) {
    return { fault: 'AVQFR_BAD_RECEIPT_TYPE', facts: { reason: 'last-is-no-sale' } }
  }
  if (number !== last.document.number) {
    return { fault: 'AVQFR_BAD_RECEIPT_NUMBER', facts: { number: last.document.number } }
  }
  const { lines, discount, markup, payments, settlement, sum, vat } = last.document
  const basis = { number, uid: last.uid }
  return {
    lines,
    discount,
    markup,
    sum,
    vat,
    basis,
    payments: withoutChange(payments, settlement),
    settlement: { ...settlement, cash: kopecks(settlement.cash - settlement.change), change: ZERO },
    discounts: ZERO,
    markups: ZERO,
  }
}

function sign(
  device: Device,
  { kind, cashier }: Command,
  {
    circumstances,
    cash,
    discounts,
    markups,
    ...content
  }: Content & { cash: Kopecks; circumstances: Circumstances },
): Accepted {
  const number = device.number + 1
  const at = Math.max(circumstances.now, device.lastAt)
  const entry = {
    kind,
    number,
    sum: content.sum,
    settlement: content.settlement,
    discounts,
    markups,
  }
  const opened = device.shift ?? openCounters(device.lastShift + 1, at, number)
  const counters = count(opened, entry)
  const document: FiscalDocument = {
    v: 1,
    issuer: device.issuer,
    number,
    shift: opened.shift,
    kind,
    at,
    cashier,
    currency: 'BYN',
    operation: circumstances.operation,
    ...content,
    cash,
    report: kind === 'shift-closing' ? counters : null,
    previous: device.hash,
  }
  return {
    document: inSealedOrder(document),
    device: (hash) => ({
      ...device,
      number,
      hash,
      lastAt: at,
      cash,
      turnover: add(device.turnover, turnoverOf(kind, content.sum)),
      lastShift: opened.shift,
      shift: kind === 'shift-closing' ? null : counters,
    }),
  }
}

/** The canonical bytes follow the order of keys, so that the order may not depend on a spread. */
function inSealedOrder(d: FiscalDocument): FiscalDocument {
  const { v, issuer, number, shift, kind, at, cashier, currency, operation, lines } = d
  const { discount, markup, payments, settlement, sum, vat, basis, cash, report, previous } = d
  return {
    v,
    issuer,
    number,
    shift,
    kind,
    at,
    cashier,
    currency,
    operation,
    lines,
    discount,
    markup,
    payments,
    settlement,
    sum,
    vat,
    basis,
    cash,
    report,
    previous,
  }
}

function turnoverOf(kind: Kind, sum: Kopecks): Kopecks {
  if (kind === 'sale') return sum
  return kind === 'refund' || kind === 'annulment' ? kopecks(-sum) : ZERO
}
