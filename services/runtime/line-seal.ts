import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { decode, type Encoded, encode, type Fields, type Message } from '#core/iso8583/codec.ts'

// How a terminal and its bank know each other's messages, and keep the card from everybody else
// (0024): the MAC of ISO 8583 over the bytes as sent, and the card under a key of that message.

/** What a terminal and its bank share; both hold it under the id, so that it can be changed. */
export type TerminalKey = {
  /** Eight hexadecimal digits. */
  id: string
  /** 32 bytes of chance, base64url. */
  secret: string
}

/** Who speaks: an answer is never taken for a question. */
export type Way = 'asks' | 'answers'

/** One message of a terminal, or the answer to it: the nonce is the question's own. */
export type Seal = { key: TerminalKey; nonce: string }

const VERSION = '01'
const CARD = 63
const SECURITY = 53
const MAC_BYTES = 8
/** Card data that must not stand on the line in the clear: number, expiry, both tracks. */
const CLEAR = [2, 14, 35, 45]
// As long as the longest number with its expiry: the length tells nothing.
const CARD_LENGTH = 24
const IV_BYTES = 12

/** A nonce of its own for every question: 16 bytes, hexadecimal. */
export const newNonce = (): string => randomBytes(16).toString('hex')

export const newTerminalKey = (): TerminalKey => ({
  id: randomBytes(4).toString('hex'),
  secret: randomBytes(32).toString('base64url'),
})

/** A key as its file holds it, «id secret»; null: it is none. */
export function readTerminalKey(text: string): TerminalKey | null {
  const [, id, secret] = /^([0-9a-f]{8}) ([A-Za-z0-9_-]{43})\s*$/.exec(text) ?? []
  return id === undefined || secret === undefined ? null : { id, secret }
}

export const writeTerminalKey = ({ id, secret }: TerminalKey): string => `${id} ${secret}\n`

/** The bytes of a message under its seal: the card hidden, the MAC of all before it at the end. */
export function sealMessage({ type, fields }: Message, { key, nonce }: Seal, way: Way): Encoded {
  const sealed: Record<number, string> = { ...fields }
  const { 2: pan, 14: expiry } = fields
  if (pan !== undefined && expiry !== undefined)
    sealed[CARD] = hidden(`${pan}=${expiry}`, key, nonce)
  for (const number of CLEAR) delete sealed[number]
  sealed[SECURITY] = VERSION + key.id + nonce
  sealed[macField(sealed)] = '0'.repeat(2 * MAC_BYTES)
  const encoded = encode({ type, fields: sealed })
  if (encoded.kind !== 'bytes') return encoded
  const { bytes } = encoded
  bytes.set(macOf(bytes, key, way), bytes.length - MAC_BYTES)
  return encoded
}

/** The standard has the MAC last: in field 64, or in 128 where there is a second bitmap. */
const macField = (fields: Fields): number =>
  Object.keys(fields).some((number) => Number(number) > 64) ? 128 : 64

const macOf = (bytes: Uint8Array, { secret }: TerminalKey, way: Way): Uint8Array =>
  createHmac('sha256', derived(secret, { info: `mac ${way}`, length: 32 }))
    .update(bytes.subarray(0, -MAC_BYTES))
    .digest()
    .subarray(0, MAC_BYTES)

type Derivation = { salt?: Uint8Array; info: string; length: number }

const derived = (secret: string, { salt = new Uint8Array(), info, length }: Derivation): Buffer =>
  Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'base64url'), salt, info, length))

// The nonce is in the derivation: a key, and with it an IV, serves one message.
function cardKey(secret: string, nonce: string): { key: Buffer; iv: Buffer } {
  const salt = Buffer.from(nonce, 'hex')
  const bytes = derived(secret, { salt, info: 'card', length: 32 + IV_BYTES })
  return { key: bytes.subarray(0, 32), iv: bytes.subarray(32) }
}

function hidden(card: string, { secret }: TerminalKey, nonce: string): string {
  const { key, iv } = cardKey(secret, nonce)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const text = cipher.update(card.padEnd(CARD_LENGTH), 'latin1', 'hex') + cipher.final('hex')
  return text + cipher.getAuthTag().toString('hex')
}

/** Number and expiry out of field 63; null: it was not made by this key for this message. */
function shown(hex: string, { secret }: TerminalKey, nonce: string): [string, string] | null {
  const bytes = Buffer.from(hex, 'hex')
  if (bytes.length !== CARD_LENGTH + 16) return null
  const { key, iv } = cardKey(secret, nonce)
  const decipher = createDecipheriv('aes-256-gcm', key, iv)
  decipher.setAuthTag(bytes.subarray(CARD_LENGTH))
  try {
    const text = decipher.update(bytes.subarray(0, CARD_LENGTH), undefined, 'latin1')
    const [, pan, expiry] = /^(\d{1,19})=(\d{4}) *$/.exec(text + decipher.final('latin1')) ?? []
    return pan === undefined || expiry === undefined ? null : [pan, expiry]
  } catch {
    return null
  }
}

/** Which key a message says it is under, and its nonce; null: it has no seal. */
export function sealNamed({ fields }: Message): { id: string; nonce: string } | null {
  const [, id, nonce] = /^01([0-9a-f]{8})([0-9a-f]{32})$/.exec(fields[SECURITY] ?? '') ?? []
  return id === undefined || nonce === undefined ? null : { id, nonce }
}

export type Opened =
  | { kind: 'message'; message: Message }
  /** Not made by who holds the key, or made for another message. */
  | { kind: 'untrue' }
  /** True, and shows card data that must not stand on the line: the field. */
  | { kind: 'clear'; message: Message; field: number }

/** A message with its seal checked and taken off; the card stands in fields 2 and 14 again. */
export function unsealMessage(bytes: Uint8Array, { key, nonce }: Seal, way: Way): Opened {
  const decoded = decode(bytes)
  if (decoded.kind !== 'message') return { kind: 'untrue' }
  const { message } = decoded
  const named = sealNamed(message)
  if (named?.id !== key.id || named.nonce !== nonce || !hasTrueMac(message, bytes, { key, way })) {
    return { kind: 'untrue' }
  }
  const fields: Record<number, string> = { ...message.fields }
  for (const number of [SECURITY, CARD, 64, 128]) delete fields[number]
  const clear = CLEAR.find((number) => fields[number] !== undefined)
  if (clear !== undefined) {
    for (const number of CLEAR) delete fields[number]
    return { kind: 'clear', message: { type: message.type, fields }, field: clear }
  }
  const card = message.fields[CARD]
  const read = card === undefined ? null : shown(card, key, nonce)
  if (card !== undefined && !read) return { kind: 'untrue' }
  if (read) Object.assign(fields, { 2: read[0], 14: read[1] })
  return { kind: 'message', message: { type: message.type, fields } }
}

function hasTrueMac(
  { fields }: Message,
  bytes: Uint8Array,
  { key, way }: { key: TerminalKey; way: Way },
): boolean {
  const places = [64, 128].filter((number) => fields[number] !== undefined)
  if (places.length !== 1 || places[0] !== macField(fields)) return false
  return timingSafeEqual(bytes.subarray(-MAC_BYTES), macOf(bytes, key, way))
}
