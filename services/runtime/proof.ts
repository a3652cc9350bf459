import {
  createHmac,
  createSecretKey,
  hash as digest,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import type { Send, SentRequest } from '#core/api/client.ts'

// How two processes that share a secret know each other's messages, without sending it (0022).

/** The header that carries a message's proof, of a request as of its answer. */
export const PROOF = 'zpos-proof'

/** Of one secret and one asker: what one end makes the other end cannot be shown again. */
export type ProofKeys = { request: KeyObject; answer: KeyObject }

/** Keys for each direction (HKDF-SHA-256). `secret`: 256 bits in hex; `asker`: whose they are. */
export function proofKeys(secret: string, asker: string): ProofKeys {
  const derive = (direction: string) =>
    createSecretKey(
      Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'hex'), asker, `zpos ${direction}`, 32)),
    )
  return { request: derive('request'), answer: derive('answer') }
}

const VERSION = '1'
type Asking = SentRequest & { asker: string; nonce: string }
type Answered = { status: number; body: string }

const macOf = (key: KeyObject, parts: readonly (string | number)[]): string =>
  createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url')

const requestMac = (key: KeyObject, { asker, nonce, method, path, body = '' }: Asking): string =>
  macOf(key, [VERSION, asker, nonce, method, path, digest('sha256', body)])

/** Over the request's own proof, and so over all that was asked and its nonce. */
const answerMac = (key: KeyObject, asked: string, { status, body }: Answered): string =>
  macOf(key, [VERSION, asked, status, digest('sha256', body)])

/** Takes as long whatever of it is right. */
function isSame(made: string, shown: string): boolean {
  const [a, b] = [Buffer.from(made), Buffer.from(shown)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** What came of a request. `unproven`: whoever answered does not hold the key. */
export type Proven = Awaited<ReturnType<Send>> | { unproven: string }

/**
 * Proves every request, and lets through no answer but that of the key's other holder to this very
 * request. What is no answer to it counts as lost: not even a refusal is one.
 */
export function provenSend(
  send: Send,
  { keys, asker }: { keys: ProofKeys; asker: string },
): (request: SentRequest) => Promise<Proven> {
  return async (request) => {
    const { method, path, body } = request
    const nonce = randomBytes(16).toString('base64url')
    const asked = requestMac(keys.request, { method, path, body, asker, nonce })
    const shown = [VERSION, encodeURIComponent(asker), nonce, asked].join(' ')
    const got = await send({ method, path, body, headers: { [PROOF]: shown } })
    if (!('status' in got)) return got
    const proof = got.headers?.[PROOF]
    if (typeof proof === 'string' && isSame(answerMac(keys.answer, asked, got), proof)) return got
    // Said by whoever stands on the way before anybody looks who asks: it claims nothing.
    const isOfTheWay = got.status === 429 || got.status >= 500
    return isOfTheWay ? { lost: `status ${got.status}` } : { unproven: `status ${got.status}` }
  }
}

// What a till asks in about three hours; a nonce has 22 characters.
const REMEMBERED = 8192
const NONCE = /^[\w-]{22}$/

/** Who asked, and what makes the proof of the answer to it. */
export type Asker = { asker: string; prove: (answer: Answered) => string }

/**
 * The other end: knows who asks. A request that was seen before is nobody's, as one with a wrong
 * proof is. How far back it remembers is bounded, and ends with the process: whatever is asked
 * must be harmless when it is repeated.
 */
export function openProofs(keysOf: (asker: string) => ProofKeys | null) {
  const seen = new Set<string>()
  return (request: SentRequest, shown: string | undefined): Asker | null => {
    const [version, name = '', nonce = '', mac = '', ...rest] = (shown ?? '').split(' ')
    if (version !== VERSION || rest.length > 0 || !NONCE.test(nonce)) return null
    const asker = decoded(name)
    const keys = asker === null ? null : keysOf(asker)
    if (asker === null || !keys) return null
    const { method, path, body } = request
    const asked = requestMac(keys.request, { method, path, body, asker, nonce })
    if (!isSame(asked, mac) || seen.has(asked)) return null
    seen.add(asked)
    const [oldest = ''] = seen
    if (seen.size > REMEMBERED) seen.delete(oldest)
    return { asker, prove: (answer) => answerMac(keys.answer, asked, answer) }
  }
}

function decoded(name: string): string | null {
  try {
    return decodeURIComponent(name)
  } catch {
    return null
  }
}
