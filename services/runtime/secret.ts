import { createHmac, hash as digest, randomBytes, timingSafeEqual } from 'node:crypto'
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
