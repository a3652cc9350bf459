import type { Kind } from '../document/kinds.ts'
import { parseUid, type Uid } from '../document/uid.ts'
import { type OperationId, operationId } from '../id.ts'
import { kopecks } from '../money.ts'
import {
  type AnsweredDocument,
  type AnswerStatement,
  type AskedBy,
  type Attested,
  type StaffRef,
  staffEvidence,
} from './statement.ts'

// An answer of the operator's as a person carries it: digits alone. A wedge types them the same in
// every layout and case, a QR holds three and a half bits in each, and they can be read out.

/** No code of goods begins so and is as long. */
const PREFIX = '9077'
const SHORTEST = 150
const LONGEST = 1500
/** The last four digits are the rest of all before them: a digit misread is told from a lie. */
const CHECK_DIGITS = 4
const CHECK = 9973n

// Places in these lists travel: they only ever grow at their ends.
// The second has whose word it is behind the first's parts.
const VERSION = { own: 1, staff: 2 }
const verdicts = ['done', 'never', 'cannot-tell'] as const
const ways = ['operation', 'moment', 'document'] as const
const kinds = [
  'shift-opening',
  'shift-closing',
  'sale',
  'refund',
  'annulment',
  'deposit',
  'withdrawal',
] as const satisfies readonly Kind[]

/** The answer in digits, some 300 to 450 of them. */
export function carriedText({ statement, key, signature }: Attested<AnswerStatement>): string {
  const { device, registerNumber, asked, verdict, document, before, at, staff } = statement
  const hex = [
    uint(staff ? VERSION.staff : VERSION.own, 1),
    uint(verdicts.indexOf(verdict), 1),
    text(device),
    uint(registerNumber, 4),
    uint(at, 6),
    askedHex(asked),
    optional(document, documentHex),
    optional(before, (hash) => hash),
    staff ? staffHex(staff) : '',
    keyHex(key),
    uint(bytesIn(signature).length / 2, 1),
    bytesIn(signature),
  ].join('')
  const body = PREFIX + BigInt(`0x${hex}`).toString()
  return body + String(BigInt(body) % CHECK).padStart(CHECK_DIGITS, '0')
}

/** The digits in groups of five, as they are shown and read out. */
export const grouped = (digits: string): string => digits.replace(/\d{5}(?=\d)/g, '$& ')

/** It is meant to be an answer of the operator's, whole or not. */
export const isCarried = (typed: string): boolean => {
  const digits = digitsOf(typed)
  return digits.length >= SHORTEST && digits.startsWith(PREFIX) && /^\d+$/.test(digits)
}

/** What was carried, whoever signed it; null: it is no answer, or not whole. */
export function readCarried(typed: string): Attested<AnswerStatement> | null {
  const digits = digitsOf(typed)
  if (!isCarried(typed) || digits.length > LONGEST) return null
  const body = digits.slice(0, -CHECK_DIGITS)
  if (BigInt(body) % CHECK !== BigInt(digits.slice(-CHECK_DIGITS))) return null
  const hex = BigInt(body.slice(PREFIX.length)).toString(16)
  const carried = openReader(hex.length % 2 === 0 ? hex : `0${hex}`)
  const read = attestedFrom(carried)
  // One answer has one form: what reads the same and is written otherwise was made by nobody.
  return read && carried.isAtEnd() && carriedText(read) === digits ? read : null
}

/** Spaces and dashes are of whoever copied it; an AIM prefix is the scanner's. */
const digitsOf = (typed: string): string =>
  typed
    .trim()
    .replace(/^\][A-Za-z]\d/, '')
    .replace(/[\s\u200b\u2060\ufeff-]/g, '')

type Reader = ReturnType<typeof openReader>

/** Takes bytes from the front; beyond the end all is null. */
function openReader(hex: string) {
  let at = 0
  const take = (bytes: number): string | null => {
    const end = at + bytes * 2
    if (end > hex.length) return null
    const part = hex.slice(at, end)
    at = end
    return part
  }
  const number = (bytes: number): number | null => {
    const part = take(bytes)
    return part === null ? null : Number.parseInt(part, 16)
  }
  const counted = (): string | null => {
    const length = number(1)
    return length === null ? null : take(length)
  }
  return { take, number, counted, isAtEnd: () => at === hex.length }
}

function attestedFrom(from: Reader): Attested<AnswerStatement> | null {
  const version = from.number(1)
  if (version !== VERSION.own && version !== VERSION.staff) return null
  const verdict = verdicts[from.number(1) ?? -1]
  const device = textFrom(from)
  const registerNumber = from.number(4)
  const at = from.number(6)
  const asked = askedFrom(from)
  const document = optionalFrom(from, documentFrom)
  const before = optionalFrom(from, ({ take }) => take(32))
  const staff = version === VERSION.staff ? staffFrom(from) : null
  const key = keyFrom(from)
  const signature = from.counted()
  if (!verdict || device === null || registerNumber === null || at === null) return null
  if (!asked || document === undefined || before === undefined) return null
  if (staff === undefined) return null
  if (key === null || signature === null) return null
  return {
    statement: {
      says: 'answer',
      device,
      registerNumber,
      asked,
      verdict,
      document,
      before,
      at,
      staff,
    },
    key,
    signature: base64Of(signature),
  }
}

function askedHex(asked: AskedBy): string {
  const way = uint(ways.indexOf(asked.by), 1)
  switch (asked.by) {
    case 'operation':
      return way + bare(asked.operation) + optional(asked.expected, (number) => uint(number, 4))
    case 'moment':
      return way + uint(asked.from, 6) + uint(asked.until, 6) + uint(asked.sum, 6)
    case 'document':
      return way + asked.uid.toLowerCase()
    default:
      return asked satisfies never
  }
}

function askedFrom(from: Reader): AskedBy | null {
  const by = ways[from.number(1) ?? -1]
  switch (by) {
    case undefined:
      return null
    case 'operation': {
      const operation = operationFrom(from)
      const expected = optionalFrom(from, ({ number }) => number(4))
      return operation && expected !== undefined ? { by, operation, expected } : null
    }
    case 'moment': {
      const [since, until, sum] = [from.number(6), from.number(6), from.number(6)]
      if (since === null || until === null || sum === null) return null
      return { by, from: since, until, sum: kopecks(sum) }
    }
    case 'document': {
      const uid = uidFrom(from)
      return uid && { by, uid }
    }
    default:
      return by satisfies never
  }
}

const documentHex = ({ operation, kind, number, at, uid, sum }: AnsweredDocument): string =>
  [
    uint(kinds.indexOf(kind), 1),
    uint(number, 4),
    uint(at, 6),
    uid.toLowerCase(),
    uint(sum, 6),
    optional(operation, bare),
  ].join('')

function documentFrom(from: Reader): AnsweredDocument | null {
  const kind = kinds[from.number(1) ?? -1]
  const [number, at, uid, sum] = [from.number(4), from.number(6), uidFrom(from), from.number(6)]
  const operation = optionalFrom(from, operationFrom)
  if (!kind || number === null || at === null || uid === null) return null
  if (sum === null || operation === undefined) return null
  return { operation, kind, number, at, uid, sum: kopecks(sum) }
}

const staffHex = ({ evidence, by }: StaffRef): string =>
  uint(staffEvidence.indexOf(evidence), 1) + text(by)

/** Undefined: not whole. */
function staffFrom(from: Reader): StaffRef | undefined {
  const evidence = staffEvidence[from.number(1) ?? -1]
  const by = textFrom(from)
  return evidence && by !== null ? { evidence, by } : undefined
}

const uint = (value: number, bytes: number): string => value.toString(16).padStart(bytes * 2, '0')
const bare = (operation: OperationId): string => operation.replaceAll('-', '')

function operationFrom({ take }: Reader): OperationId | null {
  const hex = take(16)
  return hex === null
    ? null
    : operationId(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'))
}

function uidFrom({ take }: Reader): Uid | null {
  const hex = take(12)
  return hex === null ? null : parseUid(hex)
}

/** A byte tells whether there is something behind it. */
const optional = <T>(value: T | null, hexOf: (value: T) => string): string =>
  value === null ? '00' : `01${hexOf(value)}`

/** Undefined: not whole. */
function optionalFrom<T>(from: Reader, read: (from: Reader) => T | null): T | null | undefined {
  const is = from.number(1)
  if (is === 0) return null
  return is === 1 ? (read(from) ?? undefined) : undefined
}

// Ids of the operator's keys are 16 hex digits; any other stands as a text does.
const HEX_KEY = /^[0-9a-f]{16}$/
const keyHex = (key: string): string => (HEX_KEY.test(key) ? `00${key}` : `01${text(key)}`)

function keyFrom(from: Reader): string | null {
  const form = from.number(1)
  if (form === 0) return from.take(8)
  return form === 1 ? textFrom(from) : null
}

/** A name by its code units: a byte each where all fit in one, else two. */
function text(name: string): string {
  const units = name.split('').map((unit) => unit.charCodeAt(0))
  const width = units.every((unit) => unit < 256) ? 1 : 2
  const hex = units.map((unit) => uint(unit, width)).join('')
  return uint(width, 1) + uint(units.length, 1) + hex
}

function textFrom({ number, take }: Reader): string | null {
  const [width, count] = [number(1), number(1)]
  if ((width !== 1 && width !== 2) || count === null) return null
  const hex = take(width * count)
  if (hex === null) return null
  const units = hex.match(width === 1 ? /../g : /..../g) ?? []
  return String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16)))
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Bytes in hex as base64: nothing of a browser's or of Node's is at hand here. */
function base64Of(hex: string): string {
  const groups = hex.match(/.{1,6}/g) ?? []
  return groups
    .map((group) => {
      const bits = Number.parseInt(group.padEnd(6, '0'), 16)
      const letters = [18, 12, 6, 0].map((shift) => ALPHABET[(bits >> shift) & 63])
      return letters
        .slice(0, group.length / 2 + 1)
        .join('')
        .padEnd(4, '=')
    })
    .join('')
}

/** Bytes of a base64 in hex; what is no base64 gives what no signature is. */
function bytesIn(base64: string): string {
  const letters = base64.replace(/=+$/, '').match(/.{1,4}/g) ?? []
  return letters
    .map((group) => {
      const places = [...group.padEnd(4, 'A')].map((letter) => ALPHABET.indexOf(letter) & 63)
      const bits = places.reduce((sum, place) => sum * 64 + place, 0)
      return uint(bits, 3).slice(0, (group.length - 1) * 2)
    })
    .join('')
}
