import type { FiscalDocument } from '#core/document/document.ts'
import { kopecks } from '#core/money.ts'
import { addTrade, groupSums, noTrade, type Trade, tradeFields, tradeOf } from '#core/register/trade.ts'
import { minskHour } from '#core/time.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'

// What the shop took, added up by hour and shift as projections: a question reads as many rows as
// its period has hours with cashiers at work, whatever the number of receipts.

const columns = tradeFields.join(', ')

/** Its rows; called inside the transaction of the journal's line, once for each document. */
export function openTradeRows(db: Sqlite) {
  const add = db.prepare(
    `insert into trade(hour, shift, cashier, ${columns})
     values (?, ?, ?, ${tradeFields.map(() => '?').join(', ')})
     on conflict do update set
       ${tradeFields.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`,
  )
  const addGroup = db.prepare(
    `insert into trade_group(day, shift, name, sum) values (?, ?, ?, ?)
     on conflict do update set sum = sum + excluded.sum`,
  )
  return {
    enter: (document: FiscalDocument, groups: readonly string[]): void => {
      const trade = tradeOf(document)
      if (!trade) return
      const { at, shift, cashier } = document
      const hour = minskHour(at)
      add.run(hour, shift, cashier, ...tradeFields.map((name) => trade[name]))
      for (const [name, sum] of groupSums(document, groups)) {
        addGroup.run(Math.floor(hour / 24), shift, name, sum)
      }
    },
  }
}

/** A shift, or days since 1970 with the last of them. */
export type TradePeriod = { shift: number } | { from: number; until: number }

type Row = Record<string, unknown>

const readTrade = (row: Row): Trade => {
  const trade = Object.assign({}, noTrade)
  for (const name of tradeFields) trade[name] = kopecks(Number(row[name]))
  return trade
}

export function openTradeReading(db: Sqlite) {
  const sums = tradeFields.map((name) => `sum(${name}) ${name}`).join(', ')
  const by = (key: string, where: string) =>
    db.prepare(`select ${key} key, ${sums} from trade where ${where} group by 1 order by 1`)
  const OF_SHIFT = 'shift = ?'
  const OF_HOURS = 'hour between ? and ?'
  const hours = { shift: by('hour', OF_SHIFT), days: by('hour', OF_HOURS) }
  const cashiers = { shift: by('cashier', OF_SHIFT), days: by('cashier', OF_HOURS) }
  const groupsWhere = (where: string) =>
    db.prepare(
      `select name, sum(sum) sum from trade_group where ${where} group by 1 order by 2 desc, 1`,
    )
  const groups = { shift: groupsWhere(OF_SHIFT), days: groupsWhere('day between ? and ?') }
  return {
    trade: (period: TradePeriod) => {
      const isShift = 'shift' in period
      const which = isShift ? 'shift' : 'days'
      const ofHours = isShift ? [period.shift] : [period.from * 24, period.until * 24 + 23]
      const ofDays = isShift ? ofHours : [period.from, period.until]
      const byHour = new Map(
        hours[which].all(...ofHours).map((row) => [Number(row.key), readTrade(row)]),
      )
      return {
        hours: byHour,
        total: [...byHour.values()].reduce(addTrade, noTrade),
        cashiers: cashiers[which]
          .all(...ofHours)
          .map((row) => ({ name: String(row.key), trade: readTrade(row) })),
        groups: groups[which]
          .all(...ofDays)
          .map(({ name, sum }) => ({ name: String(name), sum: kopecks(Number(sum)) })),
      }
    },
  }
}
