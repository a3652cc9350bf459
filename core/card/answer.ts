import { operationId } from '../id.ts'
import { type ActionCode, isActionCode, isRefusal, sortOf } from '../iso8583/action-codes.ts'
import type { Fields, Message } from '../iso8583/codec.ts'
import {
  CURRENCY,
  financialKindNames,
  financialKinds,
  messageTypes,
  NO_RRN,
} from '../iso8583/fields.ts'
import { firstOf, readPrivate, type Tag, tags, writePrivate } from '../iso8583/private-data.ts'
import { type Kopecks, kopecks } from '../money.ts'
import type { Moment } from '../time.ts'
import type { DayTotals, Movement } from './business-day.ts'
import { utcTime } from './request.ts'
import { type Rrn, rrn } from './rrn.ts'
import { readTotals, writeTotals } from './totals-fields.ts'

/** What the bank holds of an approved operation. `day` is the business day on the wire, 1 … 999. */
export type Approval = {
  code: ActionCode
  rrn: Rrn
  auth: string
  day: number
  /** What moved, whatever was asked for; null: the bank tells no sum in roubles. */
  sum: Kopecks | null
}

/** What became of an operation at the bank (R21). `fenced`: a reversal came, so it never will. */
export type Fate =
  | ({ fate: 'approved' | 'reversed' } & Approval)
  | { fate: 'declined'; code: ActionCode }
  | { fate: 'never'; fenced: boolean }

/** What the host answers with; the rest of the message repeats the question. */
export type BankReply = {
  code: ActionCode
  approval?: Approval | undefined
  /** Business day in which the host booked it, and that day's date for 1530 and 1814. */
  day?: number | undefined
  fate?: Fate | undefined
  totals?: DayTotals | undefined
  movements?: readonly Movement[] | undefined
  /** Where the next page of a listing begins; null after the last. */
  after?: number | null | undefined
  /** What is wrong with the message, for the one who mends the terminal. */
  why?: string | undefined
}

const repeated = [3, 4, 11, 12, 24, 28, 29, 30, 32, 37, 41, 42, 49, 50, 56, 62] as const
// An answer to an operation says in which day and under which number the host keeps it.
const unrepeated: Readonly<Record<string, readonly number[]>> = {
  '1210': [24, 37],
  '1430': [24],
}
const three = (value: number): string => String(value).padStart(3, '0')

/** The answer sent at `at`; null when messages of the asked type are not answered. */
export function writeAnswer(asked: Message, reply: BankReply, at: Moment): Message | null {
  const type = messageTypes[asked.type].answer
  if (type === null) return null
  const { code, approval, day, fate, totals, why } = reply
  const fields: Record<number, string> = { 7: utcTime(at), 39: code }
  for (const number of repeated) {
    const value = asked.fields[number]
    if (value !== undefined && !unrepeated[type]?.includes(number)) fields[number] = value
  }
  if (type === '1210') fields[37] = approval?.rrn ?? NO_RRN
  if (approval) Object.assign(fields, { 29: three(approval.day), 38: approval.auth })
  if (approval) writeSum(fields, approval.sum)
  if (day !== undefined) fields[29] = three(day)
  if (fate && 'rrn' in fate) {
    Object.assign(fields, { 29: three(fate.day), 37: fate.rrn, 38: fate.auth })
    writeSum(fields, fate.sum)
  }
  if (totals) Object.assign(fields, writeTotals(totals))
  if (why !== undefined) fields[44] = why.slice(0, 99)
  const parts = privateParts(reply)
  if (parts.length > 0) fields[48] = writePrivate(parts)
  return { type, fields }
}

function writeSum(fields: Record<number, string>, sum: Kopecks | null): void {
  if (sum !== null) Object.assign(fields, { 4: String(sum).padStart(12, '0'), 49: CURRENCY })
}

const fateLetters = { approved: 'A', reversed: 'R', declined: 'D' } as const

function privateParts({ fate, movements = [], after }: BankReply): [Tag, string][] {
  const parts: [Tag, string][] = []
  if (fate?.fate === 'never') parts.push(['fate', fate.fenced ? 'F' : 'N'])
  else if (fate) parts.push(['fate', fateLetters[fate.fate]], ['code', fate.code])
  for (const { operation, kind, reversal, sum } of movements) {
    const letters = `${financialKinds[kind].letter}${reversal ? 'T' : 'O'}`
    parts.push(['movement', `${letters}/${operation}/${sum}`])
  }
  if (after !== undefined && after !== null) parts.push(['after', String(after)])
  return parts
}

/** Movements that are sure to fit one answer. */
export const LISTING_PAGE = 15

/** A message that is not the answer to this question: another one's, late, or bent. */
export type Foreign = { kind: 'foreign'; field: number }
/** The answer is there, but tells nothing to rely on: ask what became of the operation. */
export type Unclear = { kind: 'unclear'; code: string }

/** The first field in which an answer does not belong to the question; null when it does. */
function foreignField(asked: Message, got: Message): number | null {
  if (got.type !== messageTypes[asked.type].answer) return 0
  if (got.fields[39] === undefined) return 39
  const listed = asked.type === '1604' && asked.fields[29] !== undefined ? [29] : []
  const same = [11, 12, 41, 62, ...(repeatedBy[got.type] ?? []), ...listed]
  return same.find((number) => asked.fields[number] !== got.fields[number]) ?? null
}

// The sum of an approval is the bank's own word, and so is the day of an operation.
const repeatedBy: Readonly<Record<string, readonly number[]>> = {
  '1210': [3],
  '1430': [3, 4],
  '1530': [24, 28, 29, 50],
  '1614': [24],
}

/** Reads an answer by its kind, once it is known to belong to the question. */
function readBy<A>(
  { asked, got }: { asked: Message; got: Message },
  read: (code: string, fields: Fields) => A | null,
): A | Foreign | Unclear {
  const field = foreignField(asked, got)
  if (field !== null) return { kind: 'foreign', field }
  const code = got.fields[39] ?? ''
  return read(code, got.fields) ?? { kind: 'unclear', code }
}

function readApproval(code: string, fields: Fields): Approval | null {
  const reference = rrn(fields[37] ?? '')
  const { 4: sum, 29: day = '', 38: auth, 49: currency } = fields
  if (!reference || Number(day) === 0 || auth === undefined || sum === undefined) return null
  if (!isActionCode(code)) return null
  const isInRoubles = currency === undefined || currency === CURRENCY
  const told = isInRoubles ? kopecks(Number(sum)) : null
  return { code, rrn: reference, auth, day: Number(day), sum: told }
}

export type FinancialAnswer =
  | ({ kind: 'approved' } & Approval)
  | { kind: 'declined'; code: ActionCode }
  | Unclear

/** What 1210 says to a purchase, refund or void. */
export const readFinancialAnswer = (asked: Message, got: Message): FinancialAnswer | Foreign =>
  readBy<FinancialAnswer>({ asked, got }, (code, fields) => {
    if (isRefusal(code)) return { kind: 'declined', code }
    const approval = sortOf(code) === 'approved' ? readApproval(code, fields) : null
    return approval && { kind: 'approved', ...approval }
  })

export type ReversalAnswer =
  /** `day`: in which business day it was booked; null when there was nothing to undo. */
  | { kind: 'reversed'; day: number | null }
  /** Never seen, and from now on never charged: as final as `reversed`. */
  | { kind: 'not-found' }
  /** Final too, and a person must be told: the bank did not undo it. */
  | { kind: 'refused'; code: ActionCode }
  | Unclear

/** What 1430 says to a reversal. All but `unclear` end the repeats (R21). */
export const readReversalAnswer = (asked: Message, got: Message): ReversalAnswer | Foreign =>
  readBy<ReversalAnswer>({ asked, got }, (code, fields) => {
    const { 29: day } = fields
    if (code === '400') return { kind: 'reversed', day: day === undefined ? null : Number(day) }
    if (code === '914') return { kind: 'not-found' }
    return isRefusal(code) ? { kind: 'refused', code } : null
  })

export type InquiryAnswer = ({ kind: 'told' } & Fate) | BankRefused | Unclear
export type BankRefused = { kind: 'refused'; code: ActionCode }

/** What 1614 says to an inquiry. */
export const readInquiryAnswer = (asked: Message, got: Message): InquiryAnswer | Foreign =>
  readBy<InquiryAnswer>({ asked, got }, (code, fields) => {
    if (code !== '600') return isRefusal(code) ? { kind: 'refused', code } : null
    const fate = readFate(fields)
    return fate && { kind: 'told', ...fate }
  })

function readFate(fields: Fields): Fate | null {
  const values = readPrivate(fields[48] ?? '')
  if (!values) return null
  const letter = firstOf(values, 'fate')
  if (letter === 'N' || letter === 'F') return { fate: 'never', fenced: letter === 'F' }
  const code = firstOf(values, 'code') ?? ''
  if (letter === 'D') return isActionCode(code) ? { fate: 'declined', code } : null
  const approval = readApproval(code, fields)
  if (!approval || (letter !== 'A' && letter !== 'R')) return null
  return { fate: letter === 'A' ? 'approved' : 'reversed', ...approval }
}

export type ReconciliationAnswer =
  /** The bank's totals, whether the day is in balance or not. */
  { kind: 'balanced' | 'differs'; totals: DayTotals } | BankRefused | Unclear

/** What 1530 says to a reconciliation or a checkpoint. */
export const readReconciliationAnswer = (
  asked: Message,
  got: Message,
): ReconciliationAnswer | Foreign =>
  readBy<ReconciliationAnswer>({ asked, got }, (code, fields) => {
    if (isRefusal(code)) return { kind: 'refused', code }
    if (code !== '500' && code !== '501') return null
    const totals = readTotals(fields)
    if ('field' in totals) return null
    return { kind: code === '500' ? 'balanced' : 'differs', totals }
  })

export type ListingAnswer =
  | { kind: 'listed'; movements: Movement[]; after: number | null }
  | BankRefused
  | Unclear

/** What 1614 says to a listing: one page of movements. */
export const readListingAnswer = (asked: Message, got: Message): ListingAnswer | Foreign =>
  readBy<ListingAnswer>({ asked, got }, (code, fields) => {
    if (code !== '600') return isRefusal(code) ? { kind: 'refused', code } : null
    const values = readPrivate(fields[48] ?? '')
    const movements = (values?.get(tags.movement) ?? []).map(readMovement)
    const after = values && firstOf(values, 'after')
    if (!values || movements.includes(null) || !/^\d{0,9}$/.test(after ?? '')) return null
    const whole = movements.filter((movement) => movement !== null)
    return { kind: 'listed', movements: whole, after: after ? Number(after) : null }
  })

function readMovement(text: string): Movement | null {
  const [, letter, step, id = '', sum] = /^([A-Z])([OT])\/([^/]*)\/(\d{1,12})$/.exec(text) ?? []
  const kind = financialKindNames.find((name) => financialKinds[name].letter === letter)
  const operation = operationId(id)
  if (!kind || !operation) return null
  return { operation, kind, reversal: step === 'T', sum: kopecks(Number(sum)) }
}

export type NetworkAnswer = { kind: 'connected'; day: number } | BankRefused | Unclear

/** What 1814 says to sign-on, sign-off and echo; `day` is the open business day. */
export const readNetworkAnswer = (asked: Message, got: Message): NetworkAnswer | Foreign =>
  readBy<NetworkAnswer>({ asked, got }, (code, { 29: day }) => {
    if (code !== '800') return isRefusal(code) ? { kind: 'refused', code } : null
    return day === undefined ? null : { kind: 'connected', day: Number(day) }
  })
