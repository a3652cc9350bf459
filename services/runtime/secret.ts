import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hash as digest,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

// argon2id, 19 MiB, t=2, p=1: the first choice of OWASP's password storage cheat sheet.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Hash of a PIN or password, for storing. */
export const hashSecret = (secret: string): Promise<string> => hash(secret, COST)
export const isSecret = (stored: string, typed: string): Promise<boolean> => verify(stored, typed)

export const sha256 = (text: string): string => digest('sha256', text)

/** A session token: 256 bits of chance. Only its hash is stored. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** Compares without telling by time how much was right. */
export const sameSecret = (a: string, b: string): boolean =>
  timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b)))

/** Hash that only the holder of the key can make: a short secret behind it cannot be guessed. */
export const keyedHash = (key: string, text: string): string =>
  createHmac('sha256', key).update(text).digest('hex')

const wrapping = (under: string): Buffer =>
  Buffer.from(hkdfSync('sha256', under, '', 'wrap', 32))

/** A secret as it may lie in a database, for the place `of` alone: hidden by a key that does not. */
export function wrapSecret(under: string, secret: string, of: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', wrapping(under), iv).setAAD(Buffer.from(of))
  const text = Buffer.concat([cipher.update(secret), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url')
}

/** Null: wrapped under another key, for another place, or not at all. */
export function unwrapSecret(under: string, wrapped: string, of: string): string | null {
  const bytes = Buffer.from(wrapped, 'base64url')
  if (bytes.length < 28) return null
  const decipher = createDecipheriv('aes-256-gcm', wrapping(under), bytes.subarray(0, 12))
  decipher.setAAD(Buffer.from(of)).setAuthTag(bytes.subarray(12, 28))
  try {
    return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return null
  }
}
