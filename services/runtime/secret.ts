import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hash as digest,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { Worker } from 'node:worker_threads'

/** What the thread of secrets is asked: a hash of `secret`, or whether it is the `stored` one. */
export type SecretAsked = { id: number; secret: string; stored: string | null }
type Answered = { id: number; answer: string | boolean }
type Waiting = { resolve: (answer: string | boolean) => void; reject: (error: unknown) => void }

// A thread of its own, one secret at a time: the threads of libuv's pool check signatures and sync.
let thread: { worker: Worker; waiting: Map<number, Waiting> } | null = null
let asked = 0

function startThread() {
  const worker = new Worker(new URL('./secret-worker.ts', import.meta.url))
  const waiting = new Map<number, Waiting>()
  const started = { worker, waiting }
  const over = (error: unknown) => {
    if (thread === started) thread = null
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('message', ({ id, answer }: Answered) => {
    waiting.get(id)?.resolve(answer)
    waiting.delete(id)
    if (waiting.size === 0) worker.unref()
  })
  worker.on('error', over)
  worker.on('exit', () => over(new Error('the thread of secrets has ended')))
  return started
}

function askThread(secret: string, stored: string | null): Promise<string | boolean> {
  thread ??= startThread()
  const { worker, waiting } = thread
  asked += 1
  const id = asked
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject })
    // It keeps the process alive only while somebody waits for it.
    worker.ref()
    worker.postMessage({ id, secret, stored } satisfies SecretAsked)
  })
}

/** Hash of a PIN or password, for storing. */
export const hashSecret = async (secret: string): Promise<string> =>
  String(await askThread(secret, null))

/** Where nobody is kept waiting by it: what strangers type goes through `takeCheck`. */
export const isSecret = async (stored: string, typed: string): Promise<boolean> =>
  (await askThread(typed, stored)) === true

// How many may wait for a check, each some 30 ms: the rest is told at once to come back.
const PLACES = { known: 8, stranger: 4 }
export type Standing = keyof typeof PLACES
const checking: Record<Standing, number> = { known: 0, stranger: 0 }

/**
 * A place in the queue of those whose secret is checked, to be left when it is over; null: too
 * many wait already. Strangers take no place from whoever is known.
 */
export function takeCheck(standing: Standing): { leave: () => void } | null {
  if (checking[standing] >= PLACES[standing]) return null
  checking[standing] += 1
  return {
    leave: () => {
      checking[standing] -= 1
    },
  }
}

/** Stands in for the hash of somebody who is not there, so that time does not tell it. */
export const decoySecret: string =
  '$argon2id$v=19$m=19456,t=2,p=1$ayVLRvEiZmtWYnTr3jHNVw$' +
  'Q8wFdfbZ3S0yWzGSpXKJqvzBQkzFIKxIoQtQvyY2ZlE'

export const sha256 = (what: string | Uint8Array): string => digest('sha256', what)

/** A session token: 256 bits of chance. Only its hash is stored. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** Compares without telling by time how much was right. */
export const sameSecret = (a: string, b: string): boolean =>
  timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b)))

/** Hash that only the holder of the key can make: a short secret behind it cannot be guessed. */
export const keyedHash = (key: string, text: string): string =>
  createHmac('sha256', key).update(text).digest('hex')

const wrapping = (under: string): Buffer => Buffer.from(hkdfSync('sha256', under, '', 'wrap', 32))

/** A secret as it may lie in a database, in the place `of` alone: `under` lies elsewhere. */
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
