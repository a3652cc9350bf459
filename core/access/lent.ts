import type { Kind } from '../document/kinds.ts'
import type { OperationId } from '../id.ts'
import type { Kopecks } from '../money.ts'
import { HOUR } from '../time.ts'
import type { RegisterRight } from './rights.ts'

/**
 * A right that somebody who has it has lent on the spot (N10), for one operation, closing in one
 * go or X-report: that of this id, with this content, asked for by this person. Never a session,
 * and never for another receipt.
 */
export type Lent = {
  id: string
  right: RegisterRight
  /** What else it needs that the asker has not. */
  others?: readonly RegisterRight[]
  operation: OperationId
  /** Fingerprint of the request, all but the name of what was lent. */
  content: string
  /** Who lent it, and who asked. */
  person: string
  asker: string
  at: number
  /** What the operation is, for the journal of acts; an X-report is none. */
  kind?: Kind
  sum?: Kopecks
}

/** How long a right that was lent waits for its operation to be begun. */
const STANDS = HOUR

type Wanted = Pick<Lent, 'right' | 'operation' | 'content' | 'asker'>

/** Whether it was lent for just this. `isBegun`: a repeat of what was begun with it in time. */
export const isLentFor = (
  lent: Lent,
  { right, operation, content, asker }: Wanted,
  { now, isBegun }: { now: number; isBegun: boolean },
): boolean =>
  [lent.right, ...(lent.others ?? [])].includes(right) &&
  lent.operation === operation &&
  lent.content === content &&
  lent.asker === asker &&
  // By dates (R33): a clock that was put back makes it stand no longer either.
  (isBegun || Math.abs(now - lent.at) < STANDS)
