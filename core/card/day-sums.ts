import type { FinancialKind } from '../iso8583/fields.ts'
import { add, type Kopecks, ZERO } from '../money.ts'

/** A movement as the business day counts it, see `tallyOf`. */
export type Summed = {
  unp: string
  terminal: string
  day: number
  kind: FinancialKind
  reversal: boolean
  sum: Kopecks
  /** Null: declined, unless it is a reversal. */
  rrn: string | null
}

/** What a business day of a terminal has of one kind, in number and kopecks. */
export type DaySum = Omit<Summed, 'rrn'> & { count: number }

/** What rows add to the sums of business days, each cell once; what was declined adds nothing. */
export function daySumsOf(rows: readonly Summed[]): DaySum[] {
  const cells = new Map<string, DaySum>()
  for (const { unp, terminal, day, kind, reversal, sum, rrn } of rows) {
    if (rrn === null && !reversal) continue
    const key = JSON.stringify([unp, terminal, day, kind, reversal])
    const cell = cells.get(key) ?? { unp, terminal, day, kind, reversal, count: 0, sum: ZERO }
    cells.set(key, Object.assign({}, cell, { count: cell.count + 1, sum: add(cell.sum, sum) }))
  }
  return [...cells.values()]
}
