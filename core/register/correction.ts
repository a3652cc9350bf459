import type { OperationId } from '../id.ts'
import { type Kopecks, subtract } from '../money.ts'
import type { Moment } from '../time.ts'
import type { Operation } from './operation.ts'
import { isOpen } from './standing.ts'

/** Emergency correction of the drawer (§4): no fiscal document, the device knows nothing of it. */
export type Correction = {
  id: OperationId
  kind: 'correction'
  person: string
  at: Moment
  /** The device's cash − the drawer's: what the drawer was changed by. */
  amount: Kopecks
  /** The drawer before, and the device's cash that it was brought to. */
  cash: Kopecks
  skoCash: Kopecks
  shift: number | null
}

export type CorrectionFacts = {
  open: readonly Operation[]
  /** Words that could not be checked even now: what they come to would change the sum again. */
  unproved: readonly Operation[]
  cash: Kopecks
  /** Asked this very moment; null: the device is silent. */
  skoCash: Kopecks | null
}

export type CorrectionRefusal =
  | { code: 'operation.red' | 'operation.open'; operation: Operation }
  | { code: 'sko.away' }
  | { code: 'correction.needless' }
  | { code: 'correction.stale'; sum: Kopecks }

/** By how much to correct; `seen` is the discrepancy that the administrator agreed to (S4.3). */
export function judgeCorrection(
  { open, unproved, cash, skoCash }: CorrectionFacts,
  seen: Kopecks,
): { amount: Kopecks; skoCash: Kopecks } | CorrectionRefusal {
  const operation = open.find(isOpen)
  if (operation) {
    return {
      code: operation.state.is === 'red' ? 'operation.red' : 'operation.open',
      operation,
    }
  }
  if (skoCash === null || unproved.length > 0) return { code: 'sko.away' }
  const amount = subtract(skoCash, cash)
  if (amount === 0) return { code: 'correction.needless' }
  return amount === seen ? { amount, skoCash } : { code: 'correction.stale', sum: amount }
}
