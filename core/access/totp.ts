import { type Moment, SECOND } from '../time.ts'

// One-time codes by time (RFC 6238) as every authenticator makes them: HMAC-SHA-1, six digits, a
// new one each 30 s.

/** HMAC-SHA-1 of a message under a key. */
export type Hmac = (key: Uint8Array, message: Uint8Array) => Uint8Array

const STEP_MS = 30 * SECOND
const DIGITS = 6
/** A clock may be half a minute off, and typing takes its time: so many steps either way. */
const DRIFT = 1

/** The code of a step under a secret. */
export function totpAt(secret: Uint8Array, step: number, hmac: Hmac): string {
  const message = new Uint8Array(8)
  new DataView(message.buffer).setBigUint64(0, BigInt(step))
  const digest = hmac(secret, message)
  // RFC 4226, 5.3: the last half-byte tells where the four bytes of the code begin.
  const place = (digest.at(-1) ?? 0) & 0xf
  const view = new DataView(digest.buffer, digest.byteOffset, digest.byteLength)
  const number = view.getUint32(place) & 0x7fff_ffff
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0')
}

/**
 * The step whose code was typed; null: of none that could be. A step up to `last` is never taken
 * again: whoever looked over a shoulder has nothing.
 */
export function totpStep(
  typed: string,
  { secret, last, now }: { secret: Uint8Array; last: number; now: Moment },
  hmac: Hmac,
): number | null {
  const code = typed.replace(/\s/g, '')
  const present = Math.floor(now / STEP_MS)
  for (let step = present + DRIFT; step >= present - DRIFT && step > last; step--) {
    if (step >= 0 && totpAt(secret, step, hmac) === code) return step
  }
  return null
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Base32 of RFC 4648 without padding, in which authenticators are told a secret. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{1,5}/g) ?? []
  return groups.map((group) => LETTERS[Number.parseInt(group.padEnd(5, '0'), 2)]).join('')
}

/** What an authenticator reads from the QR code of enrolment. */
export const totpUri = (issuer: string, account: string, secret: Uint8Array): string =>
  `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}` +
  `?secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}`
