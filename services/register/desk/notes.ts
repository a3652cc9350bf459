import type { RegisterRight } from '#core/access/rights.ts'
import { type Bucket, fullBucket, type Rate, take } from '#core/rate.ts'
import type { ShopAct } from '#core/register/act.ts'
import { MINUTE, SECOND } from '#core/time.ts'
import type { Clock } from '#services/runtime/clock.ts'
import type { Acts } from '../memory/acts.ts'

/** Tries of one kind that are written one by one; then one a minute says how many there were. */
const RATE: Rate = { burst: 10, perSecond: SECOND / MINUTE }
const MOST_KINDS = 1000

/**
 * Tries that came to nothing, in the journal of acts (K6). Whoever tries on and on, signed in or
 * not, fills no disk by it.
 */
export function openNotes({ record }: Acts, { elapsed }: Clock) {
  const kinds = new Map<string, { bucket: Bucket; left: number }>()
  const note = (act: ShopAct): void => {
    const key = JSON.stringify(act)
    const { bucket, left } = kinds.get(key) ?? { bucket: fullBucket, left: 0 }
    const taken = take(bucket, RATE, elapsed())
    kinds.delete(key)
    kinds.set(key, { bucket: taken.bucket, left: taken.waitMs > 0 ? left + 1 : 0 })
    const [oldest] = kinds.keys()
    if (kinds.size > MOST_KINDS && oldest !== undefined) kinds.delete(oldest)
    if (taken.waitMs > 0) return
    record(left === 0 ? act : { ...act, facts: { ...act.facts, times: left + 1 } })
  }
  return {
    /** `right`: what was wanting. */
    refusedByRight: (person: string, right: RegisterRight): void =>
      note({ person, what: 'right-refused', facts: { right } }),
    /** `name`: of somebody who was ever here; null: nobody, and what was typed is no name. */
    failedSignIn: (what: 'sign-in-failed' | 'sign-in-locked', name: string | null): void =>
      note({ person: null, what, facts: name === null ? {} : { subject: name } }),
    failedPin: (person: string): void => note({ person, what: 'pin-failed', facts: {} }),
  }
}

export type Notes = ReturnType<typeof openNotes>
