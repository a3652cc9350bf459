import { MINUTE, SECOND } from './time.ts'

/** Wrong attempts in a row, and when the last one was. */
export type Attempts = { wrong: number; lastAt: number }
export const noAttempts: Attempts = { wrong: 0, lastAt: 0 }

type Patience = { free: number; longestMs: number }
/** With one person's guesses from one place: none to wait for three, then 5 s, 10 s … 15 min. */
const ofPlace: Patience = { free: 3, longestMs: 15 * MINUTE }
/** With the guesses of all strangers at one person together: it grows as fast, never as long. */
const overAll: Patience = { free: 20, longestMs: 5 * MINUTE }
/** With an account's guesses at codes of enrolment (BCP 247). */
const ofCodes: Patience = { free: 5, longestMs: 15 * MINUTE }
/** The count over all forgets one guess in so long. */
const FORGOTTEN_MS = 10 * MINUTE

/** Whole milliseconds to wait before the next attempt from the same place. */
export const mustWait = (attempts: Attempts, now: number): number => waitFor(attempts, ofPlace, now)

/**
 * Milliseconds that a stranger must wait, wherever she comes from, after guesses of others. That
 * count outlives the process, so that it is dated: a clock put back must not make it last (R33).
 */
export const mustWaitOverAll = (attempts: Attempts, now: number): number =>
  waitForDated(attempts, overAll, now)

const waitForDated = (attempts: Attempts, patience: Patience, now: number): number =>
  attempts.lastAt > now
    ? 0
    : waitFor({ wrong: remembered(attempts, now), lastAt: attempts.lastAt }, patience, now)

/**
 * Milliseconds that an account must wait after wrong codes of enrolment, which are counted as those
 * over all are. A right code takes nothing from the count: whoever guesses may own a till as well.
 */
export const mustWaitForCode = (attempts: Attempts, now: number): number =>
  waitForDated(attempts, ofCodes, now)

function waitFor({ wrong, lastAt }: Attempts, { free, longestMs }: Patience, now: number): number {
  if (wrong < free) return 0
  const delay = Math.min(longestMs, 5 * SECOND * 2 ** Math.min(wrong - free, 16))
  // A clock that went back must not lock anyone out for longer than the delay itself.
  return Math.max(0, Math.ceil(Math.min(delay, lastAt + delay - now)))
}

export const afterWrong = ({ wrong }: Attempts, now: number): Attempts => ({
  wrong: wrong + 1,
  lastAt: now,
})

/** The count over all after one more guess; a right one is taken back by `withoutOne`. */
export const afterWrongOverAll = (attempts: Attempts, now: number): Attempts => ({
  wrong: remembered(attempts, now) + 1,
  lastAt: now,
})

/**
 * The count over all after what was counted turned out to be right. The rest stays: whoever
 * guesses gains nothing by the person's own coming and going.
 */
export const withoutOne = ({ wrong, lastAt }: Attempts): Attempts => ({
  wrong: Math.max(0, wrong - 1),
  lastAt,
})

const remembered = ({ wrong, lastAt }: Attempts, now: number): number =>
  Math.max(0, wrong - Math.max(0, Math.floor((now - lastAt) / FORGOTTEN_MS)))
