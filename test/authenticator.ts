import { createHmac } from 'node:crypto'
import { type Hmac, totpAt } from '#core/access/totp.ts'
import { SECOND } from '#core/time.ts'

const hmac: Hmac = (key, message) => createHmac('sha1', key).update(message).digest()

/** The code that an authenticator shows for a secret in base32, some steps of 30 s off. */
export function shownBy(secret: string, now: number, steps = 0): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret].map((each) => letters.indexOf(each).toString(2).padStart(5, '0'))
  const bytes = bits.join('').match(/.{8}/g) ?? []
  const key = Buffer.from(bytes.map((each) => Number.parseInt(each, 2)))
  return totpAt(key, Math.floor(now / (30 * SECOND)) + steps, hmac)
}
