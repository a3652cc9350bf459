import type { ActionCode } from '../iso8583/action-codes.ts'
import { type FinancialKind, financialKinds, LARGEST_AMOUNT } from '../iso8583/fields.ts'
import { isLuhn } from '../iso8583/pan.ts'
import { add, type Kopecks, negate, subtract, ZERO } from '../money.ts'
import { isoMinsk, type Moment } from '../time.ts'
import type { Fate } from './answer.ts'
import { wireDay } from './business-day.ts'
import type { Financial, Reversal } from './request.ts'
import type { Rrn } from './rrn.ts'

/** A card at its bank. `id` is a keyed hash of the number: the number itself is kept nowhere. */
export type Card = {
  id: string
  masked: string
  issuer: string
  /** YYMM, the last month of its life. */
  expiry: string
  /** What may be spent. */
  balance: Kopecks
  /** The largest single purchase; null when there is none. */
  limit: Kopecks | null
  /** Its bank approves what there is where more was asked for. */
  partial: boolean
  /** The code with which its bank answers every purchase: blocked, wrong PIN. Null: it decides. */
  declines: ActionCode | null
  /** How long its bank thinks before the answer goes out, milliseconds. */
  delayMs: number
}

/** A financial operation as the host keeps it, approved or declined. */
export type BookEntry = {
  terminal: string
  merchant: string
  operation: string
  kind: FinancialKind
  /** What was asked for, and what of it moves: all, unless it was approved in part. */
  asked: Kopecks
  sum: Kopecks
  receipt: number
  /** Id of the card; null when the operation showed none and none was found. */
  card: string | null
  /** RRN of what it refunds or voids. */
  original: Rrn | null
  /** Business day in which it was booked. */
  day: number
  code: ActionCode
  /** Both null when it was declined. */
  rrn: Rrn | null
  auth: string | null
  /** Business day in which a reversal undid it; null while none has. */
  reversedOn: number | null
}

/** A terminal that the bank serves, with its open business day. */
export type HostTerminal = { terminal: string; merchant: string; day: number }

/** What the host reads, under lock, before it decides on a financial operation. */
export type HostFacts = {
  terminal: HostTerminal
  /** A reversal of this operation came before it. */
  fenced: boolean
  /** This terminal's operation under the same id. */
  known: BookEntry | null
  /** Id of the card that was shown, whether the bank has it or not; null when none was. */
  shown: string | null
  /** The card shown; without one, the card of the original. */
  card: Card | null
  /** What is refunded or voided: the approved operation of this merchant under that RRN. */
  original: BookEntry | null
  /** All approved operations that hang on one purchase, the purchase included. */
  family: readonly BookEntry[]
  /** The code that the stand ordered for the next purchase. */
  ordered: ActionCode | null
  now: Moment
}

export type HostVerdict =
  /** The same operation again: it gets the same answer, and nothing is written. */
  | { do: 'repeat'; entry: BookEntry }
  /** Answered, but not as this operation's outcome: nothing is written. */
  | { do: 'reject'; code: ActionCode }
  | { do: 'decline'; code: ActionCode }
  /** `sum` was approved; `moves` is added to the card's balance. */
  | { do: 'approve'; code: '000' | '002'; sum: Kopecks; moves: Kopecks }

/** Decides on a purchase, refund or void. */
export function authorise(request: Financial, facts: HostFacts): HostVerdict {
  const { known, fenced } = facts
  if (known) {
    return isSame(request, known, facts.shown)
      ? { do: 'repeat', entry: known }
      : { do: 'reject', code: '913' }
  }
  // Its fate was told as final: from then on it must not be charged, however late it comes.
  if (fenced) return { do: 'decline', code: '902' }
  if (request.sum <= 0 || request.sum > LARGEST_AMOUNT) return { do: 'decline', code: '110' }
  const code =
    request.kind === 'purchase' ? purchaseFault(request, facts) : giveBackFault(request, facts)
  if (code) return { do: 'decline', code }
  const sum = approvedOf(request, facts)
  const { side } = financialKinds[request.kind]
  const moves = side === 'debit' ? negate(sum) : sum
  return { do: 'approve', code: sum === request.sum ? '000' : '002', sum, moves }
}

const approvedOf = ({ kind, sum }: Financial, { card }: HostFacts): Kopecks =>
  kind === 'purchase' && card?.partial && card.balance < sum ? card.balance : sum

const isSame = (request: Financial, known: BookEntry, shown: string | null): boolean =>
  request.kind === known.kind &&
  request.sum === known.asked &&
  request.receipt === known.receipt &&
  request.original === known.original &&
  (shown === null || shown === known.card)

function purchaseFault({ sum, card: read }: Financial, facts: HostFacts): ActionCode | null {
  const { card, ordered } = facts
  if (ordered) return ordered
  if (!read || !isLuhn(read.pan)) return '111'
  if (!card) return '118'
  if (isExpired(card.expiry, facts.now)) return '101'
  if (read.expiry !== card.expiry) return '129'
  if (card.declines) return card.declines
  if (card.limit !== null && sum > card.limit) return '121'
  const isEnough = card.partial ? card.balance > 0 : sum <= card.balance
  return isEnough ? null : '116'
}

/** A card lives to the end of its month in Minsk. */
const isExpired = (expiry: string, now: Moment): boolean =>
  expiry < isoMinsk(now).slice(2, 7).replace('-', '')

/** Refund and voids go to the card of the original, whatever has become of that card since. */
function giveBackFault(request: Financial, facts: HostFacts): ActionCode | null {
  const { original, family, terminal, shown } = facts
  const { kind, sum } = request
  if (!original) return '914'
  if (original.kind !== financialKinds[kind].of) return '602'
  if (shown !== null && shown !== original.card) return '603'
  if (!isLive(original, family)) return '902'
  if (kind === 'refund') return sum > leftOf(original, family) ? '110' : null
  // A void takes back the whole of what this terminal did today; afterwards there is the refund.
  const today = original.terminal === terminal.terminal && original.day === terminal.day
  if (!today || dependants(original, family).length > 0) return '902'
  return sum === original.sum ? null : '110'
}

/** Approved, and neither reversed nor voided. */
const isLive = (entry: BookEntry, family: readonly BookEntry[]): boolean =>
  entry.reversedOn === null && !dependants(entry, family).some(({ kind }) => isVoid(kind))

const isVoid = (kind: FinancialKind): boolean => kind === 'void' || kind === 'refund-void'

/** Live operations that refund or void this one. */
const dependants = (entry: BookEntry, family: readonly BookEntry[]): BookEntry[] =>
  family.filter((each) => each.original === entry.rrn && isLive(each, family))

/** What may still be refunded of a purchase. */
const leftOf = (purchase: BookEntry, family: readonly BookEntry[]): Kopecks =>
  subtract(purchase.sum, add(ZERO, ...dependants(purchase, family).map(({ sum }) => sum)))

export type ReversalFacts = {
  fenced: boolean
  known: BookEntry | null
  family: readonly BookEntry[]
}

export type ReversalVerdict =
  /** Answered; nothing is written: it was undone before, or there was nothing to undo. */
  | { do: 'answer'; code: '400' | '914' }
  | { do: 'reject'; code: ActionCode }
  /** Never seen: from now on it will be declined. */
  | { do: 'fence' }
  | { do: 'reverse'; entry: BookEntry; moves: Kopecks }

/** Decides on a reversal. Any number of repeats gets the same answer. */
export function reverse(request: Reversal, facts: ReversalFacts): ReversalVerdict {
  const { fenced, known, family } = facts
  if (fenced) return { do: 'answer', code: '914' }
  if (!known) return { do: 'fence' }
  if (known.kind !== request.of || known.asked !== request.sum) return { do: 'reject', code: '913' }
  if (known.reversedOn !== null || known.rrn === null) return { do: 'answer', code: '400' }
  if (dependants(known, family).length > 0 || wouldOverpay(known, family)) {
    return { do: 'reject', code: '902' }
  }
  const { side } = financialKinds[known.kind]
  return { do: 'reverse', entry: known, moves: side === 'debit' ? known.sum : negate(known.sum) }
}

/** With this void undone, its refund would give back more than is left of the purchase. */
function wouldOverpay(entry: BookEntry, family: readonly BookEntry[]): boolean {
  if (entry.kind !== 'refund-void') return false
  const refund = family.find(({ rrn }) => rrn !== null && rrn === entry.original)
  const purchase = family.find(({ rrn }) => rrn !== null && rrn === refund?.original)
  if (!refund || !purchase) return true
  return !isLive(purchase, family) || refund.sum > leftOf(purchase, family)
}

/** What became of an operation: a plain read (R21). */
export function fateOf(known: BookEntry | null, fenced: boolean): Fate {
  if (!known) return { fate: 'never', fenced }
  const { code, rrn, auth, sum, day, reversedOn } = known
  if (rrn === null || auth === null) return { fate: 'declined', code }
  const fate = reversedOn === null ? 'approved' : 'reversed'
  return { fate, code, rrn, auth, sum, day: wireDay(day) }
}
