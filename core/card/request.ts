import { type OperationId, operationId } from '../id.ts'
import { type Fields, type Malformed, type Message, malformed } from '../iso8583/codec.ts'
import {
  CURRENCY,
  type EntryMode,
  entryModes,
  type FinancialKind,
  financialKindNames,
  financialKinds,
  functionCodes,
  LARGEST_STAN,
  messageTypes,
  type ReversalReason,
  reversalReasons,
} from '../iso8583/fields.ts'
import { firstOf, readPrivate, writePrivate } from '../iso8583/private-data.ts'
import { type Kopecks, kopecks } from '../money.ts'
import { isoMinsk, type Moment, parseTypedMoment } from '../time.ts'
import type { DayTotals } from './business-day.ts'
import { type Rrn, rrn } from './rrn.ts'
import { readTotals, writeTotals } from './totals-fields.ts'

/** Who speaks: the same in every message of one terminal. */
export type Terminal = {
  /** TID, up to eight characters. */
  terminal: string
  /** MID, up to fifteen. */
  merchant: string
  /** Digits of the acquirer's identification. */
  acquirer: string
  /** MCC, four digits. */
  category: string
}

/** What names one message of a terminal: STAN 1 … 999 999 and its moment in whole seconds. */
export type Mark = { stan: number; at: Moment }

/** What the terminal read off a card. It lives in memory for the time of one request. */
export type CardRead = { pan: string /** YYMM */; expiry: string; entry: EntryMode }

/** An operation with money. Only a purchase must show a card; the rest name an RRN. */
export type Financial = {
  kind: FinancialKind
  operation: OperationId
  sum: Kopecks
  /** Number of the receipt at the terminal. */
  receipt: number
  card: CardRead | null
  /** What is refunded or voided; null for a purchase. */
  original: Rrn | null
}

/** Undoes one financial operation of this terminal wholly, by its operation id. */
export type Reversal = {
  kind: 'reversal'
  /** Kind and mark of the message whose fate is to be undone. */
  of: FinancialKind
  original: Mark
  operation: OperationId
  sum: Kopecks
  receipt: number
  /** The RRN when the answer was heard. */
  rrn: Rrn | null
  reason: ReversalReason
  /** Sent before: 1421. */
  repeat: boolean
}

/** Asks what became of an operation (R21). It never charges and leaves no trace. */
export type Inquiry = { kind: 'inquiry'; operation: OperationId }

/** Totals of a business day: a checkpoint compares, a reconciliation closes the day too. */
export type Reconciliation = {
  kind: 'reconciliation' | 'checkpoint'
  /** As answers told it: 1 … 999. */
  day: number
  totals: DayTotals
  repeat: boolean
}

/** Asks for the bank's movements of a day, from the place `after` on (0 at first). */
export type Listing = { kind: 'listing'; day: number; after: number }
export type Network = { kind: 'sign-on' | 'sign-off' | 'echo' }

export type TerminalRequest = Financial | Reversal | Inquiry | Reconciliation | Listing | Network
export type Sent = { terminal: Terminal; mark: Mark; request: TerminalRequest }

/** Whole seconds, as a mark survives the wire. */
export const markOf = (stan: number, at: Moment): Mark => ({ stan, at: at - (at % 1000) })
export const nextStan = (stan: number): number => (stan % LARGEST_STAN) + 1

const digits = (value: number, length: number): string => String(value).padStart(length, '0')

/** «0701071542», UTC: when a message left. */
export const utcTime = (at: Moment): string =>
  new Date(at).toISOString().slice(5, 19).replace(/\D/g, '')

/** «250701101542», Minsk time. */
const localTime = (at: Moment): string => isoMinsk(at).slice(2, 19).replace(/\D/g, '')

/** The message of a request. What does not fit its field is refused by `encode`. */
export function writeRequest({ terminal, mark, request }: Sent): Message {
  const common: Fields = {
    7: utcTime(mark.at),
    11: digits(mark.stan, 6),
    12: localTime(mark.at),
    32: terminal.acquirer,
    41: terminal.terminal.padEnd(8),
    42: terminal.merchant.padEnd(15),
  }
  const message = (type: Message['type'], fields: Fields): Message => ({
    type,
    fields: { ...common, ...fields },
  })
  switch (request.kind) {
    case 'reversal': {
      const fields = { ...reversalFields(request, terminal), 26: terminal.category }
      return message(request.repeat ? '1421' : '1420', fields)
    }
    case 'inquiry':
      return message('1604', { 24: functionCodes.inquiry, 62: request.operation })
    case 'listing': {
      const after = writePrivate([['after', String(request.after)]])
      return message('1604', { 24: functionCodes.listing, 29: digits(request.day, 3), 48: after })
    }
    case 'reconciliation':
    case 'checkpoint': {
      const type = request.repeat ? '1521' : '1520'
      const date = localTime(mark.at).slice(0, 6)
      const day = { 24: functionCodes[request.kind], 28: date, 29: digits(request.day, 3) }
      return message(type, { ...day, 50: CURRENCY, ...writeTotals(request.totals) })
    }
    case 'sign-on':
    case 'sign-off':
    case 'echo':
      return message('1804', { 24: functionCodes[request.kind] })
    default:
      return message('1200', { ...financialFields(request), 26: terminal.category })
  }
}

function financialFields({ kind, operation, sum, receipt, card, original }: Financial): Fields {
  return {
    ...(card && { 2: card.pan, 14: card.expiry }),
    3: financialKinds[kind].code,
    4: digits(sum, 12),
    22: entryModes[card?.entry ?? 'none'],
    24: functionCodes.financial,
    ...(original && { 37: original }),
    48: writePrivate([['receipt', String(receipt)]]),
    49: CURRENCY,
    62: operation,
  }
}

function reversalFields(request: Reversal, { acquirer }: Terminal): Fields {
  const { of, operation, sum, receipt, original } = request
  const length = digits(acquirer.length, 2)
  return {
    3: financialKinds[of].code,
    4: digits(sum, 12),
    24: functionCodes.reversal,
    25: reversalReasons[request.reason],
    ...(request.rrn && { 37: request.rrn }),
    48: writePrivate([['receipt', String(receipt)]]),
    49: CURRENCY,
    56: `1200${digits(original.stan, 6)}${localTime(original.at)}${length}${acquirer}`,
    62: operation,
  }
}

/** The request in a message, or the first field that is missing or says nothing. */
export function readRequest(message: Message): Sent | Malformed {
  const { type, fields } = message
  const missing = messageTypes[type].mandatory.find((number) => fields[number] === undefined)
  if (missing !== undefined) return malformed(missing, 'missing')
  if (Number(fields[11]) === 0) return malformed(11, 'no STAN')
  const mark = readMark(fields[11] ?? '', fields[12] ?? '')
  if (!mark) return malformed(12, 'no moment')
  const request = readBody(message)
  if (request.kind === 'malformed') return request
  const terminal: Terminal = {
    terminal: (fields[41] ?? '').trimEnd(),
    merchant: (fields[42] ?? '').trimEnd(),
    acquirer: fields[32] ?? '',
    category: fields[26] ?? '',
  }
  return { terminal, mark, request }
}

function readBody({ type, fields }: Message): TerminalRequest | Malformed {
  switch (type) {
    case '1200':
    case '1201':
      return readFinancial(fields)
    case '1420':
    case '1421':
      return readReversal(fields, type === '1421')
    case '1520':
    case '1521':
      return readReconciliation(fields, type === '1521')
    case '1604':
      return readAdministrative(fields)
    case '1804': {
      const kind = (['sign-on', 'sign-off', 'echo'] as const).find(
        (name) => functionCodes[name] === fields[24],
      )
      return kind ? { kind } : malformed(24, 'unknown function')
    }
    default:
      return malformed(0, 'not a request')
  }
}

/** A mark as «STAN» and «YYMMDDhhmmss» of Minsk write it; null when that is no moment. */
export function readMark(stan: string, time: string): Mark | null {
  const parts = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(time)
  if (!parts || Number(stan) === 0) return null
  const [, year, month, day, hour, minute, second] = parts
  const typed = `${day}.${month}.20${year} ${hour}:${minute}:${second}`
  const moment = parseTypedMoment(typed)
  return moment && { stan: Number(stan), at: moment.from }
}

type Operation = Pick<Financial, 'kind' | 'operation' | 'sum' | 'receipt'>

/** What a financial message and its reversal have in common. */
function readOperation(fields: Fields): Operation | Malformed {
  const kind = financialKindNames.find((name) => financialKinds[name].code === fields[3])
  if (!kind) return malformed(3, 'unknown processing code')
  if (fields[49] !== CURRENCY) return malformed(49, 'not the rouble')
  const operation = operationId(fields[62] ?? '')
  if (!operation) return malformed(62, 'not a UUID')
  const receipt = readNumber(fields[48], 'receipt')
  if (receipt === null) return malformed(48, 'no receipt number')
  return { kind, operation, sum: kopecks(Number(fields[4])), receipt }
}

function readNumber(field: string | undefined, tag: 'receipt' | 'after'): number | null {
  const values = readPrivate(field ?? '')
  const text = values && firstOf(values, tag)
  return text && /^\d{1,9}$/.test(text) ? Number(text) : null
}

/** RRN of field 37: null when absent, undefined when it is none. */
const readRrn = (text: string | undefined): Rrn | null | undefined =>
  text === undefined ? null : (rrn(text) ?? undefined)

function readFinancial(fields: Fields): Financial | Malformed {
  if (fields[24] !== functionCodes.financial) return malformed(24, 'unknown function')
  const read = readOperation(fields)
  if (read.kind === 'malformed') return read
  const original = readRrn(fields[37])
  const named = financialKinds[read.kind].of !== null
  if (original === undefined || named !== (original !== null)) return malformed(37, 'no RRN')
  const pan = fields[2]
  if (pan === undefined && read.kind === 'purchase') return malformed(2, 'missing')
  if (pan === undefined) return { ...read, card: null, original }
  const expiry = fields[14]
  if (expiry === undefined) return malformed(14, 'missing')
  const names = Object.keys(entryModes) as EntryMode[]
  const entry = names.find((name) => entryModes[name] === fields[22])
  if (!entry) return malformed(22, 'unknown way of reading')
  return { ...read, card: { pan, expiry, entry }, original }
}

function readReversal(fields: Fields, repeat: boolean): Reversal | Malformed {
  if (fields[24] !== functionCodes.reversal) return malformed(24, 'unknown function')
  const read = readOperation(fields)
  if (read.kind === 'malformed') return read
  const { kind: of, ...rest } = read
  const original = readRrn(fields[37])
  if (original === undefined) return malformed(37, 'no RRN')
  const names = Object.keys(reversalReasons) as ReversalReason[]
  const reason = names.find((name) => reversalReasons[name] === fields[25])
  if (!reason) return malformed(25, 'unknown reason')
  const [, type, stan = '', time = ''] = /^(\d{4})(\d{6})(\d{12})\d{2}/.exec(fields[56] ?? '') ?? []
  const mark = type === '1200' ? readMark(stan, time) : null
  if (!mark) return malformed(56, 'no original message')
  return { kind: 'reversal', of, ...rest, original: mark, rrn: original, reason, repeat }
}

function readReconciliation(fields: Fields, repeat: boolean): Reconciliation | Malformed {
  const kind = (['reconciliation', 'checkpoint'] as const).find(
    (name) => functionCodes[name] === fields[24],
  )
  if (!kind) return malformed(24, 'unknown function')
  if (fields[50] !== CURRENCY) return malformed(50, 'not the rouble')
  const totals = readTotals(fields)
  if ('field' in totals) return totals
  return { kind, day: Number(fields[29]), totals, repeat }
}

function readAdministrative(fields: Fields): Inquiry | Listing | Malformed {
  if (fields[24] === functionCodes.inquiry) {
    const operation = operationId(fields[62] ?? '')
    return operation ? { kind: 'inquiry', operation } : malformed(62, 'not a UUID')
  }
  if (fields[24] !== functionCodes.listing) return malformed(24, 'unknown function')
  const after = readNumber(fields[48], 'after')
  if (after === null) return malformed(48, 'no place to read from')
  if (fields[29] === undefined) return malformed(29, 'missing')
  return { kind: 'listing', day: Number(fields[29]), after }
}
