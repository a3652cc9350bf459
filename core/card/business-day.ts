import { type FinancialKind, financialKinds } from '../iso8583/fields.ts'
import { add, type Kopecks, ZERO } from '../money.ts'
import type { Rrn } from './rrn.ts'

export type Tally = { count: number; sum: Kopecks }

/**
 * Totals of a terminal's business day. Debits charge cards (purchases), credits give back (refunds,
 * voids); what was undone is counted apart and taken off nothing.
 */
export type DayTotals = {
  debits: Tally
  debitsReversed: Tally
  credits: Tally
  creditsReversed: Tally
}
export const tallyNames = ['debits', 'debitsReversed', 'credits', 'creditsReversed'] as const
export type TallyName = (typeof tallyNames)[number]

/** An approved operation, or the reversal of one, in the day in which the bank booked it. */
export type Movement = {
  operation: string
  kind: FinancialKind
  reversal: boolean
  sum: Kopecks
}

const none: Tally = { count: 0, sum: ZERO }
export const noTotals: DayTotals = {
  debits: none,
  debitsReversed: none,
  credits: none,
  creditsReversed: none,
}

/** Which of the totals a movement belongs to. */
export function tallyOf({ kind, reversal }: Pick<Movement, 'kind' | 'reversal'>): TallyName {
  const { side } = financialKinds[kind]
  if (side === 'debit') return reversal ? 'debitsReversed' : 'debits'
  return reversal ? 'creditsReversed' : 'credits'
}

export function totalsOf(movements: readonly Movement[]): DayTotals {
  const totals = { ...noTotals }
  for (const movement of movements) {
    const name = tallyOf(movement)
    const { count, sum } = totals[name]
    totals[name] = { count: count + 1, sum: add(sum, movement.sum) }
  }
  return totals
}

/** What the merchant gets for the day in kopecks; negative when more was given back than taken. */
export const netOf = ({ debits, debitsReversed, credits, creditsReversed }: DayTotals): number =>
  debits.sum - debitsReversed.sum - credits.sum + creditsReversed.sum

/** Which totals differ; none when the day is in balance. */
export const differingTotals = (bank: DayTotals, terminal: DayTotals): TallyName[] =>
  tallyNames.filter((name) => {
    const { count, sum } = bank[name]
    return count !== terminal[name].count || sum !== terminal[name].sum
  })

/** One transaction for which the day is out of balance. */
export type Difference = {
  operation: string
  reversal: boolean
  bank: Movement | null
  terminal: Movement | null
  /** The bank's reference to what the terminal does not know of, where the bank told it. */
  rrn?: Rrn
}

/** The transactions that make bank's and terminal's totals differ, in the bank's order first. */
export function explain(bank: readonly Movement[], terminal: readonly Movement[]): Difference[] {
  const own = byKey(terminal)
  const theirs = byKey(bank)
  const keys = new Set([...theirs.keys(), ...own.keys()])
  return [...keys].flatMap((key) => difference(theirs.get(key) ?? null, own.get(key) ?? null))
}

const byKey = (movements: readonly Movement[]): Map<string, Movement> =>
  new Map(
    movements.map((movement) => [
      `${movement.operation} ${movement.reversal ? 'reversal' : ''}`,
      movement,
    ]),
  )

function difference(bank: Movement | null, terminal: Movement | null): Difference[] {
  const known = bank ?? terminal
  if (!known) return []
  const { operation, reversal } = known
  const isSame = bank?.kind === terminal?.kind && bank?.sum === terminal?.sum
  return isSame ? [] : [{ operation, reversal, bank, terminal }]
}

/** Numbers of business days on the wire go from 1 to 999 and round again. */
export const wireDay = (day: number): number => ((day - 1) % 999) + 1

/** The day that a number on the wire means: the one nearest to a day that is known. */
export const dayNear = (wire: number, known: number): number =>
  Math.max(1, known + ((wire - wireDay(known) + 999 + 499) % 999) - 499)

/** The day that a number on the wire means: the open day or one of the 998 before; 0 if none. */
export const dayByWire = (wire: number, open: number): number =>
  Math.max(0, open - ((wireDay(open) - wire + 999) % 999))
/** A business day as it was compared with the bank. */
export type CardDay = {
  /** Its number, from 1; on the wire it goes round after 999. */
  day: number
  at: number
  own: DayTotals
  bank: DayTotals
  outcome: 'balanced' | 'differs'
  /** Down to the transaction; null: the bank did not list its own. */
  differences: Difference[] | null
}
