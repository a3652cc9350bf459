import { MINUTE, type Moment, SECOND } from '../time.ts'

// The device authorization grant (RFC 8628) as the operator decides it, with the mitigations of
// BCP 247: whoever confirms has signed in first, sees what it is, and a code is good for one use.

/** What is enrolled: a control device, or a register that works with the device of its number. */
export const enrolmentKinds = ['sko', 'register'] as const
export type EnrolmentKind = (typeof enrolmentKinds)[number]

/** Consonants alone: they spell no word, and none of them looks like a digit (RFC 8628, 6.1). */
export const CODE_LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'
const CODE_LENGTH = 8

/** A code of chance; `below(n)` is a whole number 0…n−1 that nobody can guess. */
export const newCode = (below: (limit: number) => number): string =>
  Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[below(CODE_LETTERS.length)]).join('')

/** As people see it: two groups of four with a dash. */
export const shownCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`

// Keys of a Cyrillic keyboard that look like letters of a code.
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '\u0412': 'B',
  '\u0421': 'C',
  '\u041d': 'H',
  '\u041a': 'K',
  '\u041c': 'M',
  '\u0420': 'P',
  '\u0422': 'T',
  '\u0425': 'X',
}

/** The code that was typed, whatever its case, spaces and dashes; null: it cannot be one. */
export function readCode(typed: string): string | null {
  const letters = [...typed.toUpperCase().replace(/[\s\p{Dash}]/gu, '')]
  const code = letters.map((letter) => LOOK_ALIKES[letter] ?? letter).join('')
  const isCode = code.length === CODE_LENGTH && [...code].every((l) => CODE_LETTERS.includes(l))
  return isCode ? code : null
}

/** How long a code may be confirmed. */
export const CODE_LIFE_MS = 10 * MINUTE
/** How long a device rests between two polls: a person who stands there waits less. */
export const POLL_WAIT_MS = { first: SECOND, later: 5 * SECOND }
const FIRST_MS = MINUTE
// What is added for each poll that came too early, and how much that may become.
const SLOWER_MS = 5 * SECOND
const LONGEST_WAIT_MS = 30 * SECOND
// A poll is on its way for a while: the rest may look shorter than it was.
const TOLERANCE_MS = 500

/** A device's wish to be enrolled. Once it is decided the code is worth nothing. */
export type EnrolmentRequest = {
  state: 'asked' | 'confirmed' | 'refused'
  expiresAt: Moment
  /** Number of the last poll that was proved: a recorded one proves nothing. */
  poll: number
  polledAt: Moment | null
  /** How long the device is to rest before the next poll. */
  waitMs: number
}

export const newEnrolmentRequest = (now: Moment): EnrolmentRequest => ({
  state: 'asked',
  expiresAt: now + CODE_LIFE_MS,
  poll: 0,
  polledAt: null,
  waitMs: POLL_WAIT_MS.first,
})

/** Whether the request's code can still be looked up, confirmed and refused. */
export const isConfirmable = ({ state, expiresAt }: EnrolmentRequest, now: Moment): boolean =>
  state === 'asked' && now < expiresAt

export type PollAnswer = 'pending' | 'slow-down' | 'confirmed' | 'refused' | 'expired' | 'unproven'

/**
 * What a poll is answered, and what the request is after it. `isProven`: the device's key signed
 * this number of this request. What was confirmed stays so for whoever holds the key: the answer
 * may have been lost.
 */
export function polled(
  request: EnrolmentRequest,
  { poll, isProven, now }: { poll: number; isProven: boolean; now: Moment },
): { answer: PollAnswer; next: EnrolmentRequest } {
  // A stranger's poll changes nothing: it must not slow the device down.
  if (!isProven || poll <= request.poll) return { answer: 'unproven', next: request }
  const { state, expiresAt, polledAt, waitMs } = request
  const isNew = now < expiresAt - CODE_LIFE_MS + FIRST_MS
  const usual = isNew ? POLL_WAIT_MS.first : POLL_WAIT_MS.later
  const next: EnrolmentRequest = { state, expiresAt, poll, polledAt: now, waitMs: usual }
  if (state !== 'asked') return { answer: state, next }
  if (now >= expiresAt) return { answer: 'expired', next }
  // By the wall clock, which may go back: then nothing can be said of the rest.
  const rested = polledAt === null || now < polledAt ? waitMs : now - polledAt
  if (rested + TOLERANCE_MS >= waitMs) return { answer: 'pending', next }
  next.waitMs = Math.min(waitMs + SLOWER_MS, LONGEST_WAIT_MS)
  return { answer: 'slow-down', next }
}

/** The request after a person's word; null: there is nothing to confirm or refuse any more. */
export const decided = (
  request: EnrolmentRequest,
  state: 'confirmed' | 'refused',
  now: Moment,
): EnrolmentRequest | null =>
  isConfirmable(request, now) ? Object.assign({}, request, { state }) : null

/** What stands at a register: serial numbers of its device and its till; null: there is none. */
export type RegisterPlace = { device: string | null; till: string | null }

/**
 * Why the request cannot be confirmed for a register; null: it can. What stands there is replaced
 * only where the person names it: nobody takes a working till's place by mistake.
 */
export function judgeEnrolment(
  kind: EnrolmentKind,
  { device, till }: RegisterPlace,
  replaces: string | null,
): { code: 'enrolment.no-device' } | { code: 'enrolment.occupied'; device: string } | null {
  if (kind === 'register' && device === null) return { code: 'enrolment.no-device' }
  const present = kind === 'sko' ? device : till
  if (present === null || present === replaces) return null
  return { code: 'enrolment.occupied', device: present }
}

// What a device signs of itself. A document is a JSON object, these are arrays: none passes for it.
export const DOMAIN = 'zpos-device-1'

/** Who asks to be enrolled. Keys: PEM; `agreement` is for the secret of a till and its device. */
export type Enrollee = {
  kind: EnrolmentKind
  serial: string
  publicKey: string
  agreement: string
}

/** The text by whose signature a device proves that it asks itself. */
export const requestText = ({ kind, serial, publicKey, agreement }: Enrollee): string =>
  JSON.stringify([DOMAIN, 'request', kind, serial, publicKey, agreement])

/** The text of a poll: bound to the request, and to a number that only grows. */
export const pollText = (request: string, poll: number): string =>
  JSON.stringify([DOMAIN, 'poll', request, poll])
