import type { BusinessDayView } from '#core/api/office-trade.ts'
import { addDays } from '#core/billing/calendar.ts'
import { type Movement, noTotals, tallyOf } from '#core/card/business-day.ts'
import type { Split, Trade } from '#core/card/turnover.ts'
import { add, kopecks } from '#core/money.ts'
import type { Sql } from '#services/runtime/sql.ts'

const sums = `sum(count)::integer as count, sum(declined)::integer as declined,
              sum(paid)::bigint as paid, sum(back)::bigint as back`

export type Period = { from: string; to: string }
type Cell = Trade & { value: string }

/** A client's trade by Minsk day, from the first to the last one. */
export const tradeByDay = (sql: Sql, unp: string, { from, to }: Period): Promise<Cell[]> =>
  sql.query(
    `select day as value, ${sums} from turnover
     where unp = $1 and day between $2 and $3 and split = 'code' group by day order by day`,
    [unp, from, to],
  )

/** The same of all those days, by each of the splits. */
export function tradeBySplit(
  sql: Sql,
  unp: string,
  period: Period,
): Promise<(Cell & { split: Split })[]> {
  const { days, months } = partsOf(period)
  const between = days.map((_, n) => `day between $${2 * n + 4} and $${2 * n + 5}`)
  const cells = 'split, value, count, declined, paid, back'
  return sql.query(
    `select split, value, ${sums} from (
       select ${cells} from turnover_month where unp = $1 and month between $2 and $3
       union all
       select ${cells} from turnover where unp = $1 and (${between.join(' or ') || 'false'})) parts
     group by split, value having sum(count) > 0 order by split, value`,
    [unp, months?.from ?? '', months?.to ?? '', ...days.flatMap(({ from, to }) => [from, to])],
  )
}

/** Whole months, and the days that are left at both ends; `months` null: there is none. */
export function partsOf({ from, to }: Period): { days: Period[]; months: Period | null } {
  const monthOf = (day: string) => day.slice(0, 7)
  const first = from.endsWith('-01') ? from : firstOfNext(from)
  const end = addDays(to, 1)
  const beyond = end.endsWith('-01') ? end : `${monthOf(end)}-01`
  if (first >= beyond) return { days: [{ from, to }], months: null }
  const ends = [
    { from, to: addDays(first, -1) },
    { from: beyond, to },
  ]
  const months = { from: monthOf(first), to: monthOf(addDays(beyond, -1)) }
  return { days: ends.filter((each) => each.from <= each.to), months }
}

const firstOfNext = (day: string): string =>
  `${addDays(`${day.slice(0, 7)}-01`, 31).slice(0, 7)}-01`

// Business days

const closed = `terminal, serial, bank, day, closed_at as "closedAt", code,
                bank_totals as "bankTotals", terminal_totals as "terminalTotals",
                forgotten_at as "forgottenAt", (
                  select count(*)::integer from bank_transaction t
                  where t.terminal = bank_day.terminal and t.day = bank_day.day
                    and t.unp = bank_day.unp and t.forgotten_at is not null) as forgotten`

/** Days that were closed, the newest first; `before`: where a page ended. */
export const closedDays = (
  sql: Sql,
  unp: string,
  { before, limit }: { before: { closedAt: number; terminal: string } | null; limit: number },
): Promise<BusinessDayView[]> =>
  sql.query(
    `select ${closed} from bank_day
     where unp = $1 and ($2::bigint is null or (closed_at, terminal) < ($2, $3))
     order by closed_at desc, terminal desc limit $4`,
    [unp, before?.closedAt ?? null, before?.terminal ?? null, limit],
  )

/** Days since a moment that were closed out of balance, the newest first. */
export const unbalancedSince = (
  sql: Sql,
  unp: string,
  since: number,
): Promise<{ terminal: string; day: number; closedAt: number }[]> =>
  sql.query(
    `select terminal, day, closed_at as "closedAt" from bank_day
     where unp = $1 and closed_at >= $2 and code <> '500' and forgotten_at is null
     order by closed_at desc limit 20`,
    [unp, since],
  )

type OpenRow = { terminal: string; serial: string; bank: string; day: number } & Pick<
  Movement,
  'kind' | 'reversal'
> & { count: number; sum: number; isForgotten: boolean }

/** Days that no terminal has closed yet, of what the bank told so far. */
export async function openDays(sql: Sql, unp: string): Promise<BusinessDayView[]> {
  const rows = await sql.query<OpenRow>(
    // Terminal by terminal: what was closed is not looked at again.
    `with known as materialized (
       select unp, terminal, serial, bank, (
         select coalesce(max(day), 0) from bank_day d
         where d.terminal = b.terminal and d.forgotten_at is null) as closed
       from bank_terminal b where unp = $1)
     select k.terminal, k.serial, k.bank, open.* from known k cross join lateral (
       select s.day, s.kind, s.reversal, s.count, s.sum, s.forgotten as "isForgotten"
       from day_sum s
       where s.terminal = k.terminal and s.unp = k.unp and s.day > k.closed and s.count > 0) open
     order by open.day desc, k.terminal`,
    [unp],
  )
  const days = new Map<string, BusinessDayView>()
  for (const row of rows) {
    const { terminal, serial, bank, day, count } = row
    const key = `${terminal} ${day}`
    const open = { closedAt: null, code: null, terminalTotals: null, forgottenAt: null }
    const known =
      days.get(key) ??
      Object.assign({ terminal, serial, bank, day, forgotten: 0, bankTotals: noTotals }, open)
    days.set(key, known)
    if (row.isForgotten) {
      known.forgotten += count
      continue
    }
    const name = tallyOf(row)
    const tally = known.bankTotals[name]
    const grown = { count: tally.count + count, sum: add(tally.sum, kopecks(row.sum)) }
    known.bankTotals = Object.assign({}, known.bankTotals, { [name]: grown })
  }
  return [...days.values()]
}

/** A day as it was closed last; null: nobody closed it. */
export async function closedDay(
  sql: Sql,
  unp: string,
  { terminal, day }: { terminal: string; day: number },
): Promise<BusinessDayView | null> {
  const [row] = await sql.query<BusinessDayView>(
    `select ${closed} from bank_day where unp = $1 and terminal = $2 and day = $3
     order by closed_at desc limit 1`,
    [unp, terminal, day],
  )
  return row ?? null
}
