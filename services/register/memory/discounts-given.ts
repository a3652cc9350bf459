import { type Kopecks, kopecks } from '#core/money.ts'
import { discountsBy } from '#core/register/discount.ts'
import type { Operation } from '#core/register/operation.ts'
import { minskHour } from '#core/time.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import type { TradePeriod } from './trade.ts'

/** Discounts of the sales that stand, as a projection; called inside the journal's transaction. */
export function openDiscountRows(db: Sqlite) {
  const give = db.prepare(
    `insert into discount_given(operation, reason, day, shift, sum) values (?, ?, ?, ?, ?)
     on conflict do nothing`,
  )
  const takeBack = db.prepare('delete from discount_given where operation = ?')
  return {
    /** The document of an operation has been seen. */
    documented: ({ id, kind, of, signed, reasons = [] }: Operation): void => {
      if (!signed) return
      if (kind === 'annulment' && of !== null) takeBack.run(of)
      if (kind !== 'sale') return
      const { document } = signed
      const day = Math.floor(minskHour(document.at) / 24)
      for (const [reason, sum] of discountsBy(document, reasons)) {
        give.run(id, reason, day, document.shift, sum)
      }
    },
  }
}

/** By reason; '': none was told. */
export type DiscountFigure = { reason: string; receipts: number; sum: Kopecks }

export function openDiscountReading(db: Sqlite) {
  const by = (where: string) =>
    db.prepare(
      `select reason, count(*) receipts, sum(sum) sum from discount_given
       where ${where} group by 1 order by 3 desc, 1`,
    )
  const ofShift = by('shift = ?')
  const ofDays = by('day between ? and ?')
  return {
    /** The largest first. */
    discountsGiven: (period: TradePeriod): DiscountFigure[] => {
      const rows =
        'shift' in period ? ofShift.all(period.shift) : ofDays.all(period.from, period.until)
      return rows.map(({ reason, receipts, sum }) => ({
        reason: String(reason),
        receipts: Number(receipts),
        sum: kopecks(Number(sum)),
      }))
    },
  }
}
