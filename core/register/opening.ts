import { type Measure, measureInForce } from '../operator/measure.ts'
import { MINUTE, type Moment } from '../time.ts'
import type { State } from './operation.ts'

// How a shift opens under the operator's measures (manual §1.2, 1.3).

/** How long a warning is read before the shift opens (§1.2). */
export const WARNING_WINDOW = MINUTE

/** Where an opening begins: with the window of the warning that is in force, if there is one. */
export function openingState(measures: readonly Measure[], now: Moment): State {
  const warning = measureInForce(measures, 'warning', now)
  return warning
    ? { is: 'warned', reason: warning.reason, until: now + WARNING_WINDOW }
    : { is: 'intended', stage: 'fiscal' }
}

/** Why no shift may open; null: it may. */
export const blockReason = (measures: readonly Measure[], now: Moment): string | null =>
  measureInForce(measures, 'block', now)?.reason ?? null
