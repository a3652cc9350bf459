import type { FedItem } from '#core/api/acquirer-feed.ts'
import { sha256 } from '#services/runtime/secret.ts'
import type { Postgres, Sql } from '#services/runtime/sql.ts'

/** How much gets its numbers in one transaction. */
const NUMBERED_AT_ONCE = 5000

export type FeedPage = { known: boolean; items: FedItem[]; cursor: string | null }

/** What became readable after a cursor, in that order; null: from the beginning. */
export async function feedAfter(
  db: Postgres,
  { after, limit }: { after: string | null; limit: number },
): Promise<FeedPage> {
  const place = after === null ? null : readCursor(after)
  if (place && !(await isTold(db, place))) return { known: false, items: [], cursor: null }
  const from = place?.number ?? 0
  const told = await fedRows(db, from, limit)
  // What has a number is told without anybody's lock.
  const isShort = told.length < limit && (await giveNumbers(db))
  const rows = isShort ? await fedRows(db, from, limit) : told
  const last = rows.at(-1)
  return { known: true, items: rows.map(itemOf), cursor: last ? writeCursor(last) : after }
}

/** Numbers what was committed since; one at a time, so that numbers rise as they are committed. */
async function giveNumbers(db: Postgres): Promise<boolean> {
  const waiting = await db.query('select from unfed limit 1')
  if (waiting.length === 0) return false
  await db.transaction(async (sql) => {
    await sql.query('lock table feed in exclusive mode')
    await sql.query(
      `with taken as (
         delete from unfed where id in (select id from unfed order by id limit $1)
         returning id, terminal, position, day)
       insert into feed(terminal, position, day)
       select terminal, position, day from taken order by id`,
      [NUMBERED_AT_ONCE],
    )
  })
  return true
}

type Named = {
  number: number
  terminal: string
  position: number | null
  operation: string | null
  reversal: boolean | null
  day: number | null
  closedAt: number | null
}

type Row = FedItem & Named

const named = `f.number, f.terminal, f.position, e.operation, e.reversal,
               coalesce(f.day, e.day) as day, b.closed_at as "closedAt"`
const from = `from feed f
              left join entry e on e.terminal = f.terminal and e.position = f.position
              left join business_day b on b.terminal = f.terminal and b.day = f.day`

const fedRows = (sql: Sql, after: number, limit: number): Promise<Row[]> =>
  sql.query(
    `select ${named}, case when f.day is null then 'entry' else 'day' end as "is",
            t.serial, t.bank, m.unp, coalesce(e.merchant, t.merchant) as merchant, e.at,
            e.receipt, e.masked, e.sum, e.kind, coalesce(e.code, b.code) as code, e.rrn, e.auth,
            e.issuer, e.original, b.bank_totals as "bankTotals",
            b.terminal_totals as "terminalTotals"
     ${from} join terminal t on t.terminal = f.terminal
     left join merchant m on m.merchant = coalesce(e.merchant, t.merchant)
     where f.number > $1 order by f.number limit $2`,
    [after, limit],
  )

const itemOf = ({ number: _, position: __, ...item }: Row): FedItem => item as FedItem

/** A store that was put back counts on from an old number: what stands at it is named as well. */
const writeCursor = (row: Named): string => `${row.number}.${markOf(row)}`

const markOf = ({ terminal, position, operation, reversal, day, closedAt }: Named): string =>
  sha256(JSON.stringify([terminal, position, operation, reversal, day, closedAt])).slice(0, 16)

function readCursor(text: string): { number: number; mark: string } {
  const [number, mark = ''] = text.split('.')
  return { number: Number(number), mark }
}

async function isTold(sql: Sql, { number, mark }: { number: number; mark: string }) {
  const [row] = await sql.query<Named>(`select ${named} ${from} where f.number = $1`, [number])
  return row !== undefined && markOf(row) === mark
}
