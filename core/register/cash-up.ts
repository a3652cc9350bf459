import type { OperationId } from '../id.ts'
import { add, type Kopecks, kopecks, subtract } from '../money.ts'
import type { Moment } from '../time.ts'
import type { StateName } from './operation.ts'

// A shift closed in one go (N12): what lies in the drawer is counted, then the withdrawal of what
// the ledger holds and the closing follow each other. Both are operations like any other; this says
// only that they belong together, and how far it has come.

/** Notes and coins of the Belarusian rouble, in kopecks, the largest first. */
export const denominations = [
  50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1,
] as const

/** How many notes or coins of a value were counted. */
export type Pieces = { value: (typeof denominations)[number]; count: number }

/** What a person found in the drawer; `pieces` null: she told the sum alone. */
export type CashCount = { sum: Kopecks; pieces: readonly Pieces[] | null }

export type CashUp = {
  /** Also known by it to whoever asks again. */
  id: OperationId
  shift: number
  person: string
  at: Moment
  /** The drawer by the ledger, at the count. */
  cash: Kopecks
  /** Null: the shop counts no cash, or there was none to count. */
  count: CashCount | null
  /** Null: there is nothing to withdraw. */
  withdrawal: { id: OperationId; sum: Kopecks } | null
  closing: OperationId
  /** Fingerprint of the request: the same id with another request is refused. */
  request: string
}

/** What notes and coins come to. */
export const sumOfPieces = (pieces: readonly Pieces[]): Kopecks =>
  add(...pieces.map(({ value, count }) => kopecks(value * count)))

/** What was counted − what the ledger holds: a surplus is above zero; null: nothing was counted. */
export const surplusOf = ({ cash, count }: Pick<CashUp, 'cash' | 'count'>): Kopecks | null =>
  count && subtract(count.sum, cash)

export const cashUpStages = [
  /** Nothing of it was begun. */
  'counted',
  /** The withdrawal is under way, or waits for a person. */
  'withdrawal',
  'withdrawn',
  'closing',
  'closed',
  /** One of its operations came to nothing; whatever it was, closing is begun anew. */
  'ended',
] as const
export type CashUpStage = (typeof cashUpStages)[number]

/** Where its operations stand; null: not begun. */
type Standing = { withdrawal: StateName | null; closing: StateName | null }

/** How far it has come: follows from its operations, and stands nowhere. */
export function stageOf(
  { withdrawal }: Pick<CashUp, 'withdrawal'>,
  standing: Standing,
): CashUpStage {
  if (standing.closing !== null) return partOf(standing.closing, 'closing', 'closed')
  if (standing.withdrawal !== null) return partOf(standing.withdrawal, 'withdrawal', 'withdrawn')
  return withdrawal ? 'counted' : 'withdrawn'
}

function partOf<Stage extends CashUpStage>(state: StateName, going: Stage, done: Stage) {
  if (state === 'registered') return done
  return state === 'failed' || state === 'cancelled' ? 'ended' : going
}

/** A person has to decide about one of its operations: after that nothing goes on unasked. */
export const stopsCashUp = (state: StateName): boolean =>
  state === 'waiting' || state === 'red' || state === 'failed'
