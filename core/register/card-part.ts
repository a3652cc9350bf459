import type { Approval } from '../card/answer.ts'
import type { Financial, Mark, Reversal } from '../card/request.ts'
import type { Rrn } from '../card/rrn.ts'
import type { OperationId } from '../id.ts'
import type { EntryMode, FinancialKind } from '../iso8583/fields.ts'
import type { Kopecks } from '../money.ts'
import type { Moment } from '../time.ts'

/** What of an operation goes through the bank. The card's number is in none of it. */
export type CardPart = {
  kind: FinancialKind
  sum: Kopecks
  /** What is refunded or voided; null for a purchase. */
  original: Rrn | null
  /** Written before a byte leaves for the bank; null: no card was read yet. */
  attempt: CardAttempt | null
  approval: BankApproval | null
  /**
   * The bank had never seen it, and is sent its reversal to make that final: from here on
   * «approved» means nothing, the reversal may be on its way behind it.
   */
  fencing?: true
  reversal: BankReversal | null
}

/** The bank's final word on a reversal; `day`: in which it was booked, null: nothing was undone. */
export type BankReversal = { done: boolean; day: number | null; code: string }

/** One message to the bank, and the one that undoes it: both marks are taken at once. */
export type CardAttempt = {
  mark: Mark
  undo: Mark
  receipt: number
  /** «9999 99** **** 0014»; null where no card was shown. */
  masked: string | null
  entry: EntryMode
}

/** Without a sum in journals of versions that took what was asked for approved. */
export type BankApproval = Omit<Approval, 'sum'> & { at: Moment; sum?: Kopecks | null }

/** The bank approved another sum than was asked for, or none in roubles: it must be undone. */
export const hasOtherSum = ({ sum, approval }: CardPart): boolean =>
  approval !== null && approval.sum !== undefined && approval.sum !== sum

/** What the bank moved, by its own word where it gave one. */
export const movedOf = ({ sum, approval }: CardPart): Kopecks => approval?.sum ?? sum

export const cardPart = (
  kind: FinancialKind,
  sum: Kopecks,
  original: Rrn | null = null,
): CardPart => ({ kind, sum, original, attempt: null, approval: null, reversal: null })

type Carried = { id: OperationId; card: CardPart | null }

/** The bank's message of an operation, without the card itself. */
export function financialOf({ id, card }: Carried): Omit<Financial, 'card'> | null {
  if (!card?.attempt) return null
  const { kind, sum, original, attempt } = card
  return { kind, operation: id, sum, receipt: attempt.receipt, original }
}

/** The message that undoes it, whatever became of it. */
export function reversalOf({ id, card }: Carried, repeat: boolean): Reversal | null {
  if (!card?.attempt) return null
  const { kind, sum, attempt, approval } = card
  return {
    kind: 'reversal',
    of: kind,
    original: attempt.mark,
    operation: id,
    sum,
    receipt: attempt.receipt,
    rrn: approval?.rrn ?? null,
    reason: approval ? 'not-completed' : 'no-answer',
    repeat,
  }
}
