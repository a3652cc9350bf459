import {
  type Attempts,
  afterWrong,
  afterWrongOverAll,
  mustWait,
  mustWaitOverAll,
  noAttempts,
  withoutOne,
} from '#core/lockout.ts'
import type { Clock } from './clock.ts'
import { decoySecret, isSecret, type Standing, takeCheck } from './secret.ts'

/** Where somebody signs in from: a browser in which that person was before, or an address. */
export type SignInPlace = { standing: Standing; at: string }

export const nowhere: SignInPlace = { standing: 'stranger', at: '' }

export type Guessed =
  | { kind: 'right' }
  | { kind: 'wrong' }
  /** Too many wrong ones. */
  | { kind: 'locked'; waitMs: number }
  /** Too many wait to be checked; nothing was counted. */
  | { kind: 'busy' }

/**
 * The guesses of all strangers at one person: changes what is counted in one transaction and
 * answers what it was before; null changes nothing. It outlives the process.
 */
export type OverAll = (
  change: (attempts: Attempts) => Attempts | null,
) => Attempts | Promise<Attempts>

// More places than this are never remembered.
const MOST = 10_000

/**
 * Guesses at secrets, counted by (person, place): nobody is locked out by what others try
 * elsewhere. Over all that strangers try a slow count stands, which the person herself does not
 * feel where she was before.
 */
export function openGuesses({ now, elapsed }: Clock) {
  const counts = new Map<string, Attempts>()
  const put = (key: string, attempts: Attempts) => {
    counts.delete(key)
    counts.set(key, attempts)
    const [oldest] = counts.keys()
    if (counts.size > MOST && oldest !== undefined) counts.delete(oldest)
  }
  const uncount = (key: string) => {
    const attempts = counts.get(key)
    if (attempts) put(key, withoutOne(attempts))
  }
  /** Milliseconds that a stranger must wait for what strangers tried; 0: one more is counted. */
  const waitOverAll = async (overAll: OverAll): Promise<number> => {
    const before = await overAll((attempts) =>
      mustWaitOverAll(attempts, now()) > 0 ? null : afterWrongOverAll(attempts, now()),
    )
    return mustWaitOverAll(before, now())
  }
  return {
    /** Checks what was typed by `stored`; null: there is no such person, which takes as long. */
    guess: async (
      { person, stored, typed }: { person: string; stored: string | null; typed: string },
      { standing, at }: SignInPlace,
      overAll: OverAll,
    ): Promise<Guessed> => {
      const key = `${person} ${standing} ${at}`
      const own = counts.get(key) ?? noAttempts
      const ownMs = mustWait(own, elapsed())
      if (ownMs > 0) return { kind: 'locked', waitMs: ownMs }
      const place = takeCheck(standing)
      if (!place) return { kind: 'busy' }
      try {
        // Counted before it is checked: those made at once, or cut by a kill, count all the same.
        put(key, afterWrong(own, elapsed()))
        const isCounted = stored !== null && standing === 'stranger'
        const waitMs = isCounted ? await waitOverAll(overAll) : 0
        if (waitMs > 0) {
          uncount(key)
          return { kind: 'locked', waitMs }
        }
        const isRight = await isSecret(stored ?? decoySecret, typed)
        if (!isRight || stored === null) return { kind: 'wrong' }
        counts.delete(key)
        if (isCounted) await overAll(withoutOne)
        return { kind: 'right' }
      } finally {
        place.leave()
      }
    },
  }
}

export type Guesses = ReturnType<typeof openGuesses>
