import type { FinancialKind } from '../iso8583/fields.ts'
import { add, type Kopecks, ZERO } from '../money.ts'
import { isoMinsk, type Moment } from '../time.ts'
import { tallyOf } from './business-day.ts'

/** What a day's trade is parted by. */
export const splits = ['hour', 'terminal', 'issuer', 'code'] as const
export type Split = (typeof splits)[number]

/**
 * Trade by card: `count` of all that the bank answered, declined ones among them, `paid` charged to
 * cards and `back` given back to them, in kopecks.
 */
export type Trade = { count: number; declined: number; paid: Kopecks; back: Kopecks }
export const noTrade: Trade = { count: 0, declined: 0, paid: ZERO, back: ZERO }

export const sumOfTrade = (a: Trade, b: Trade): Trade => ({
  count: a.count + b.count,
  declined: a.declined + b.declined,
  paid: add(a.paid, b.paid),
  back: add(a.back, b.back),
})

export type Traded = {
  terminal: string
  at: Moment
  kind: FinancialKind
  reversal: boolean
  sum: Kopecks
  code: string
  /** Null: declined, unless it is a reversal. */
  rrn: string | null
  issuer: string | null
}

/** What one transaction adds: nothing to the sums where it was declined. */
export function tradeOf(row: Traded): Trade {
  if (row.rrn === null && !row.reversal) return { count: 1, declined: 1, paid: ZERO, back: ZERO }
  const { sum } = row
  switch (tallyOf(row)) {
    case 'debits':
      return { count: 1, declined: 0, paid: sum, back: ZERO }
    case 'credits':
    case 'debitsReversed':
      return { count: 1, declined: 0, paid: ZERO, back: sum }
    case 'creditsReversed':
      // What was given back is taken again.
      return { count: 1, declined: 0, paid: sum, back: ZERO }
  }
}

export type TurnoverCell = Trade & { unp: string; day: string; split: Split; value: string }

/** What rows add to the turnover of their clients, each cell once; '': an issuer is not known. */
export function turnoverOf(rows: readonly (Traded & { unp: string })[]): TurnoverCell[] {
  const cells = new Map<string, TurnoverCell>()
  for (const row of rows) {
    const minsk = isoMinsk(row.at)
    const day = minsk.slice(0, 10)
    const values: Record<Split, string> = {
      hour: minsk.slice(11, 13),
      terminal: row.terminal,
      issuer: row.issuer ?? '',
      code: row.code,
    }
    const trade = tradeOf(row)
    for (const split of splits) {
      const value = values[split]
      const key = JSON.stringify([row.unp, day, split, value])
      const sum = sumOfTrade(cells.get(key) ?? noTrade, trade)
      cells.set(key, Object.assign({ unp: row.unp, day, split, value }, sum))
    }
  }
  return [...cells.values()]
}
