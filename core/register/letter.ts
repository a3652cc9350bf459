import { backoff } from '../backoff.ts'
import { DAY, MINUTE, type Moment } from '../time.ts'

// Electronic receipts by mail (N13). An address is a person's: it stands nowhere longer than it
// serves, neither in the journal nor in a log.

/** What became of a letter: on its way, with the server, refused by it for ever, or too late. */
export const letterStates = ['waiting', 'sent', 'refused', 'given-up'] as const
export type LetterState = (typeof letterStates)[number]

/** More letters of one receipt than this are no customer's wish. */
export const MOST_LETTERS = 5
/** How long a letter is tried, and how long the address of one that failed is kept. */
export const TRIED_MS = DAY
export const ADDRESS_KEPT_MS = DAY
/** How long it is known that there was a letter, without its address. */
export const LETTER_KEPT_MS = 90 * DAY
const LONGEST_REST_MS = 30 * MINUTE
/** Whoever takes one up sets its next turn first: another start takes it up again. */
export const TURN_MS = 2 * MINUTE

/** No letter rests longer: a turn further ahead was dated before the clock was put back (R33). */
export const FARTHEST_TURN_MS = 2 * LONGEST_REST_MS

const LONGEST_SAID = 200

type Tried = {
  /** When it was asked for, or asked for again. */
  askedAt: Moment
  attempts: number
  email: string
}
type Answer = { fate: 'taken' | 'refused' | 'unknown'; said: string }
export type LetterStep = {
  state: LetterState
  /** When it is tried again; null: never. */
  nextAt: Moment | null
  /** What the server said, without the address; null: it took the letter. */
  said: string | null
}

/** What an answer makes of a letter; a server's «later» is tried for a day. */
export function afterTry(
  { askedAt, attempts, email }: Tried,
  { fate, said }: Answer,
  { now, chance }: { now: Moment; chance: number },
): LetterStep {
  if (fate === 'taken') return { state: 'sent', nextAt: null, said: null }
  const why = withoutAddress(said, email)
  if (fate === 'refused') return { state: 'refused', nextAt: null, said: why }
  if (now - askedAt >= TRIED_MS) return { state: 'given-up', nextAt: null, said: why }
  const waitMs = backoff(attempts, { first: MINUTE / 4, longest: LONGEST_REST_MS, chance })
  return { state: 'waiting', nextAt: now + waitMs, said: why }
}

/** Servers repeat the address in what they say of it. */
export function withoutAddress(said: string, email: string): string {
  const [local = ''] = email.split('@')
  const plain = said.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim()
  const hidden = [email, local].reduce(
    (text, part) => (part.length < 2 ? text : replacedIn(text, part)),
    plain,
  )
  return hidden.slice(0, LONGEST_SAID)
}

function replacedIn(text: string, part: string): string {
  const [lower, sought] = [text.toLowerCase(), part.toLowerCase()]
  let found = ''
  let from = 0
  for (let at = lower.indexOf(sought); at >= 0; at = lower.indexOf(sought, from)) {
    found += `${text.slice(from, at)}…`
    from = at + sought.length
  }
  return found + text.slice(from)
}
