import { type Kopecks, kopecks } from '#core/money.ts'
import type { OperationStep } from '#core/register/ledger.ts'
import { groupSums, noTakings, type Takings, takingsOf, tradeFields } from '#core/register/trade.ts'
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
    follow: ({ before, after }: OperationStep): void => {
      if (before.signed || !after.signed) return
      const { document } = after.signed
      const trade = takingsOf(document)
      if (!trade) return
      const { at, shift, cashier } = document
      const hour = minskHour(at)
      add.run(hour, shift, cashier, ...tradeFields.map((name) => trade[name]))
      for (const [name, sum] of groupSums(document, after.groups ?? [])) {
        addGroup.run(Math.floor(hour / 24), shift, name, sum)
      }
    },
  }
}

/** A shift, or days since 1970 with the last of them. */
export type TradePeriod = { shift: number } | { from: number; until: number }

type Row = Record<string, unknown>

const readTrade = (row: Row): Takings => {
  const trade = Object.assign({}, noTakings)
  for (const name of tradeFields) trade[name] = kopecks(Number(row[name]))
  return trade
}

export type TradeRows = ReadonlyMap<number, Takings>

export function openTradeReading(db: Sqlite) {
  const sums = tradeFields.map((name) => `sum(${name}) ${name}`).join(', ')
  const by = (key: string) => {
    const where = (condition: string) =>
      db.prepare(`select ${key} key, ${sums} from trade where ${condition} group by 1 order by 1`)
    return { shift: where('shift = ?'), days: where('hour between ? and ?') }
  }
  const keyed = { hour: by('hour'), day: by('hour / 24'), dayHour: by('hour % 24') }
  const cashiers = by('cashier')
  const groupsWhere = (where: string) =>
    db.prepare(
      `select name, sum(sum) sum from trade_group where ${where} group by 1 order by 2 desc, 1`,
    )
  const groups = { shift: groupsWhere('shift = ?'), days: groupsWhere('day between ? and ?') }
  const span = db.prepare('select min(hour) first, max(hour) last from trade where shift = ?')
  const read = (statements: ReturnType<typeof by>, period: TradePeriod): Row[] =>
    'shift' in period
      ? statements.shift.all(period.shift)
      : statements.days.all(period.from * 24, period.until * 24 + 23)
  return {
    /** The first and the last hour in which a shift had trade; null: it had none. */
    tradeSpan: (shift: number): { from: number; until: number } | null => {
      const row = span.get(shift)
      return row?.first == null ? null : { from: Number(row.first), until: Number(row.last) }
    },
    /** By hour or day since 1970, or by hour of the day. */
    tradeBy: (key: keyof typeof keyed, period: TradePeriod): TradeRows =>
      new Map(read(keyed[key], period).map((row) => [Number(row.key), readTrade(row)])),
    tradeByCashier: (period: TradePeriod): { name: string; trade: Takings }[] =>
      read(cashiers, period).map((row) => ({ name: String(row.key), trade: readTrade(row) })),
    /** Most first. */
    tradeByGroup: (period: TradePeriod): { name: string; sum: Kopecks }[] => {
      const rows =
        'shift' in period
          ? groups.shift.all(period.shift)
          : groups.days.all(period.from, period.until)
      return rows.map(({ name, sum }) => ({ name: String(name), sum: kopecks(Number(sum)) }))
    },
  }
}
