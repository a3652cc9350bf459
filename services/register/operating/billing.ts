import type { BillingView } from '#core/api/register-billing.ts'
import { type SignedLease, standingOf } from '#core/billing/lease.ts'
import { HOUR, MINUTE, minskDay } from '#core/time.ts'
import type { Clock } from '#services/runtime/clock.ts'
import type { OfficeLink } from '../links/office.ts'
import type { BillingMemory } from '../memory/billing.ts'

export type BillingWatch = ReturnType<typeof openBillingWatch>

// A clock that leaps is seen so soon.
const LOOK_MS = 5000

/**
 * What came meanwhile was signed later: questions may overtake each other on their way. An answer
 * to what is held still may have any number: the office's store may have been put back (V3).
 */
const isOvertaken = (
  answer: SignedLease | null,
  { shown, held }: { shown: SignedLease | null; held: SignedLease | null },
): boolean =>
  answer !== null &&
  held !== null &&
  held.lease.counter !== shown?.lease.counter &&
  answer.lease.counter < held.lease.counter

/**
 * How it stands with billing (S2): asked at the start, at each opening of a shift and hourly; a
 * minute after nobody answered, and while no shift may be opened, so that what was mended is seen.
 * The last answer is on disk and decides while nobody answers.
 */
export function openBillingWatch(ports: {
  memory: BillingMemory
  /** Null: this till has no billing. */
  office: OfficeLink | null
  clock: Clock
  changed: () => void
  /** A newer release lies here verified: only then may a wanted update forbid anything. */
  isUpdateReady: () => boolean
}) {
  const { memory, office, clock, changed, isUpdateReady } = ports
  const view = (): BillingView | null => {
    const kept = office && memory.kept()
    if (!kept) return null
    const standing = standingOf(kept, clock.now(), isUpdateReady())
    const warns = standing.warns && kept.readOn !== minskDay(clock.now())
    return Object.assign(standing, { warns })
  }
  // Time alone changes it too: against what the pages were told.
  let told = ''
  const tell = (): void => {
    const present = JSON.stringify(view())
    if (present !== told) changed()
    told = present
  }
  // Questions by their order: the answer to an older one never replaces that to a newer one.
  let questions = 0
  let heard = 0
  let dueAt = 0
  /** Asks now; false: nobody answered who is believed. */
  const ask = async (): Promise<boolean> => {
    if (!office) return false
    const question = ++questions
    const shown = memory.kept()?.held ?? null
    const answer = await office.lease(shown)
    if (question < heard || isOvertaken(answer, { shown, held: memory.kept()?.held ?? null })) {
      return answer !== null
    }
    if (answer) {
      heard = question
      memory.keep(answer, clock.now())
    } else memory.askedInVain(clock.now())
    const isSettled = answer !== null && view()?.forbids === false
    dueAt = clock.elapsed() + (isSettled ? HOUR : MINUTE)
    tell()
    return answer !== null
  }
  return {
    view,
    ask,
    /** Somebody has read the warning: it is told again tomorrow. */
    read: (): void => {
      memory.readOn(minskDay(clock.now()))
      tell()
    },
    /** One look; answers how long to rest before the next. */
    step: async (): Promise<number> => {
      if (!office) return HOUR
      if (clock.elapsed() >= dueAt) await ask()
      else tell()
      return LOOK_MS
    },
  }
}
