import { LONGEST_UNSENT } from '../sko/device.ts'
import { DAY, MINUTE } from '../time.ts'

/**
 * Why a device's documents do not go. `distrusted`: the answer was not signed by the operator;
 * `diverged`: what it signed is about other documents; `forgotten`: it holds fewer than it signed
 * for, and gets them again.
 */
export type UploadFault =
  | 'unreachable'
  | 'silent'
  | 'distrusted'
  | 'diverged'
  | 'forgotten'
  | `rejected: ${string}`

/** What the register has found out about the way of its documents to the operator. */
export type UploadFacts = {
  /** Unsent documents and when the oldest was made, as the device last told. */
  unsent: number
  oldestAt: number | null
  /** Why its last try failed, an `UploadFault` of our own device; null: it did not. */
  fault: string | null
  /** Something beyond the shop answers; null: nobody was asked. */
  internet: boolean | null
  /** The operator answers the register itself. */
  operator: boolean
  /** How long both have done so without a break; null: they do not. */
  soundMs: number | null
  now: number
}

export type UploadCause =
  | 'no-internet'
  | 'operator-silent'
  | 'operator-rejects'
  | 'operator-distrusted'
  | 'operator-diverged'
  | 'operator-forgot'
  | 'unclear'
  | 'waiting'
export type UploadTrouble = {
  cause: UploadCause
  /** Of the operator's refusal; null: it is none. */
  code: string | null
  /** Something beyond the shop was asked whether there is internet. */
  isProbed: boolean
  /** From the fifth day: when fiscal work will stop. */
  stopsAt: number | null
  /** It has stopped. */
  stopped: boolean
}

const WARN_AFTER = 4 * DAY
const SOON = 2 * MINUTE
/** The cause told apart, with the operator’s code where it refused (S5.3, R13); null: all well. */
export function uploadTrouble(facts: UploadFacts): UploadTrouble | null {
  const { unsent, oldestAt, fault, now } = facts
  if (unsent === 0 && fault !== 'forgotten') return null
  const stopsAt =
    oldestAt !== null && now - oldestAt >= WARN_AFTER ? oldestAt + LONGEST_UNSENT : null
  // Who failed the check, or diverged, is told by an alert of its own.
  const isTold = fault === null || fault === 'distrusted' || fault === 'diverged'
  if (isTold && stopsAt === null) return null
  const stopped = stopsAt !== null && now > stopsAt
  const code = rejectionIn(fault)
  return { cause: causeOf(facts), code, isProbed: facts.internet !== null, stopsAt, stopped }
}

const rejectionIn = (fault: string | null): string | null =>
  /^rejected: (.+)$/.exec(fault ?? '')?.[1] ?? null

function causeOf({ fault, internet, operator, soundMs }: UploadFacts): UploadCause {
  if (rejectionIn(fault) !== null) return 'operator-rejects'
  if (fault === 'distrusted') return 'operator-distrusted'
  if (fault === 'diverged') return 'operator-diverged'
  if (fault === 'forgotten') return 'operator-forgot'
  if (internet === false) return 'no-internet'
  if (!operator) return 'operator-silent'
  // The courier tries again in its own time: what has just mended is no case for the support.
  const isMending = fault === null || soundMs === null || soundMs < SOON
  return isMending ? 'waiting' : 'unclear'
}
