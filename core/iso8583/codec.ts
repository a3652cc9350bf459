import { fields as formats, isMessageType, type MessageType } from './fields.ts'

/** Values by field numbers. Texts stand as on the wire, bytes as lower-case hexadecimal. */
export type Fields = Readonly<Record<number, string>>
export type Message = { type: MessageType; fields: Fields }

/** What is wrong with bytes or values, and in which field; 0 is the message type, 1 the bitmap. */
export type Malformed = { kind: 'malformed'; field: number; why: string }
export type Encoded = { kind: 'bytes'; bytes: Uint8Array } | Malformed
export type Decoded = { kind: 'message'; message: Message } | Malformed

/** The longest message that is taken or made, without the length before it. */
export const LONGEST_MESSAGE = 4096

export const malformed = (field: number, why: string): Malformed => ({
  kind: 'malformed',
  field,
  why,
})

const patterns = {
  n: /^[0-9]+$/,
  an: /^[A-Za-z0-9 ]+$/,
  ans: /^[ -~]+$/,
  z: /^[0-9=D]+$/,
  'x+n': /^[CD][0-9]+$/,
  b: /^(?:[0-9a-f]{2})+$/,
} as const

const TYPE = 4
const HALF = 64

/** The message's bytes, or what in it has no bytes. Takes values as they are and pads nothing. */
export function encode({ type, fields }: Message): Encoded {
  if (!isMessageType(type)) return malformed(0, 'unknown message type')
  const bits: number[] = new Array(16).fill(0)
  let body = ''
  let last = 0
  for (const key in fields) {
    const number = Number(key)
    const written = writeField(number, fields[number] ?? '')
    if (written.why !== null) return malformed(number, written.why)
    body += written.text
    bits[(number - 1) >> 3] = (bits[(number - 1) >> 3] ?? 0) | (0x80 >> ((number - 1) & 7))
    last = number
  }
  // The first bit announces the second half of the bitmap; it is sent only when it says something.
  if (last > HALF) bits[0] = (bits[0] ?? 0) | 0x80
  const bitmap = String.fromCharCode(...bits.slice(0, last > HALF ? 16 : 8))
  const text = type + bitmap + body
  if (text.length > LONGEST_MESSAGE) return malformed(last, 'the message is too long')
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i)
  return { kind: 'bytes', bytes }
}

function writeField(number: number, value: string): { text: string; why: null } | { why: string } {
  const format = formats[number]
  if (!format) return { why: 'unknown field' }
  const { content, length, digits } = format
  if (!patterns[content].test(value)) return { why: `not ${content}` }
  const text = content === 'b' ? fromHex(value) : value
  if (digits === 0) {
    return text.length === length ? { text, why: null } : { why: `not ${length} long` }
  }
  if (text.length > length) return { why: `longer than ${length}` }
  return { text: String(text.length).padStart(digits, '0') + text, why: null }
}

/**
 * Reads bytes that may be anything. What it takes encodes back to the same bytes: there is one way
 * to write a message, and nothing may follow it.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes.length > LONGEST_MESSAGE) return malformed(0, 'the message is too long')
  const text = String.fromCharCode(...bytes)
  const type = text.slice(0, TYPE)
  if (!isMessageType(type)) return malformed(0, 'unknown message type')
  const second = (text.charCodeAt(TYPE) & 0x80) !== 0
  const numbers = readBitmap(text, second ? 16 : 8)
  if (!numbers) return malformed(1, 'no whole bitmap')
  const last = numbers.at(-1) ?? 0
  if (second !== last > HALF) return malformed(1, 'a second half that is empty')
  const fields: Record<number, string> = {}
  let at = TYPE + (second ? 16 : 8)
  for (const number of numbers) {
    const read = readField(text, { number, at })
    if (read.why !== null) return malformed(number, read.why)
    fields[number] = read.value
    at = read.end
  }
  if (at !== text.length) return malformed(last, `${text.length - at} bytes after the last field`)
  return { kind: 'message', message: { type, fields } }
}

/** Numbers of the fields present, ascending, without the bit of the second half. */
function readBitmap(text: string, length: number): number[] | null {
  if (text.length < TYPE + length) return null
  const numbers: number[] = []
  for (let i = 0; i < length; i += 1) {
    const byte = text.charCodeAt(TYPE + i)
    for (let bit = 0; byte !== 0 && bit < 8; bit += 1) {
      if ((byte & (0x80 >> bit)) !== 0 && i + bit !== 0) numbers.push(i * 8 + bit + 1)
    }
  }
  return numbers
}

type Read = { value: string; end: number; why: null } | { why: string }

function readField(text: string, { number, at }: { number: number; at: number }): Read {
  const format = formats[number]
  if (!format) return { why: 'unknown field' }
  const { content, digits } = format
  let { length } = format
  const from = at + digits
  if (digits !== 0) {
    const size = text.slice(at, from)
    if (size.length < digits || !patterns.n.test(size)) return { why: 'no length' }
    length = Number(size)
    if (length > format.length) return { why: `longer than ${format.length}` }
    if (length === 0) return { why: 'empty' }
  }
  const raw = text.slice(from, from + length)
  if (raw.length < length) return { why: 'cut short' }
  const value = content === 'b' ? toHex(raw) : raw
  return patterns[content].test(value)
    ? { value, end: from + length, why: null }
    : { why: `not ${content}` }
}

function fromHex(hex: string): string {
  let text = ''
  for (let i = 0; i < hex.length; i += 2) {
    text += String.fromCharCode(Number.parseInt(hex.slice(i, i + 2), 16))
  }
  return text
}

function toHex(text: string): string {
  let hex = ''
  for (let i = 0; i < text.length; i += 1) {
    hex += text.charCodeAt(i).toString(16).padStart(2, '0')
  }
  return hex
}
