import type { Measure } from '#core/operator/measure.ts'
import type { Operation } from '#core/register/operation.ts'

/** What the audit makes of the journal. */
export type Fold = {
  operations: Map<string, Operation>
  open: Set<string>
  /** Since when an operation is red, by the till's clock. */
  redSince: Map<string, number>
  corrections: Set<string>
  /** Number of the newest document that the register has seen. */
  newest: number
  /** Every operation ever begun, what the register has forgotten since included. */
  ever: Set<string>
  /** What the register believes that the operator has laid on it. */
  laid: readonly Measure[]
}
