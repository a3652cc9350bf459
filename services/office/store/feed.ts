import type { FedEntry, FedItem } from '#core/api/acquirer-feed.ts'
import { turnoverOf } from '#core/card/turnover.ts'
import type { Moment } from '#core/time.ts'
import type { Postgres, Sql } from '#services/runtime/sql.ts'

/** Where the bank's feed is to be gone on from; null: from the beginning. */
export async function heldCursor(sql: Sql): Promise<string | null> {
  const [row] = await sql.query<{ cursor: string | null }>('select cursor from bank_feed')
  return row?.cursor ?? null
}

export type TakenPage = { items: readonly FedItem[]; after: string | null; cursor: string | null }

/**
 * Takes in what the feed told behind `after`, with the cursor in one transaction. Nothing where
 * somebody else went on from there meanwhile. What is known already is not counted again.
 */
export const takePage = (db: Postgres, { items, after, cursor }: TakenPage): Promise<void> =>
  db.transaction(async (sql) => {
    const [moved] = await sql.query(
      'update bank_feed set cursor = $2 where cursor is not distinct from $1 returning id',
      [after, cursor],
    )
    if (!moved) return
    const fresh = await takeEntries(
      sql,
      items.flatMap((item) => (item.is === 'entry' ? item : [])),
    )
    await takeDays(
      sql,
      items.filter(({ is }) => is === 'day'),
    )
    await noteTerminals(sql, items)
    await addTurnover(sql, fresh)
  })

const shape = `terminal text, operation uuid, reversal boolean, unp text, merchant text,
               serial text, bank text, at bigint, receipt integer, masked text, issuer text,
               sum bigint, kind text, code text, rrn text, auth text, original text, day integer`
const columns = shape.replaceAll(/ (text|uuid|boolean|bigint|integer)/g, '')

/** Answers what was not known before: all of it, unless the bank was put back. */
async function takeEntries(sql: Sql, entries: readonly FedEntry[]): Promise<FedEntry[]> {
  if (entries.length === 0) return []
  // One row comes back: a thousand of them cost the embedded PostgreSQL as much as it all.
  const [taken] = await sql.query<{ fresh: string | null }>(
    `with made as (
       insert into bank_transaction(${columns})
       select ${columns.replace('unp', "coalesce(unp, '')")}
       from json_to_recordset($1::json) as told(${shape})
       on conflict (terminal, operation, reversal) do nothing
       returning terminal || ' ' || operation || ' ' || reversal as key)
     select string_agg(key, ',') as fresh from made having count(*) < $2`,
    [JSON.stringify(entries), entries.length],
  )
  if (!taken) return [...entries]
  const fresh = new Set(taken.fresh?.split(',') ?? [])
  return entries.filter(({ terminal, operation, reversal }) =>
    fresh.has(`${terminal} ${operation} ${reversal}`),
  )
}

async function takeDays(sql: Sql, days: readonly FedItem[]): Promise<void> {
  if (days.length === 0) return
  await sql.query(
    `insert into bank_day(terminal, day, closed_at, unp, serial, bank, code, bank_totals,
                          terminal_totals)
     select terminal, day, "closedAt", coalesce(unp, ''), serial, bank, code, "bankTotals",
            "terminalTotals"
     from jsonb_to_recordset($1::jsonb) as told(terminal text, day integer, "closedAt" bigint,
       unp text, serial text, bank text, code text, "bankTotals" jsonb, "terminalTotals" jsonb)
     on conflict do nothing`,
    [JSON.stringify(days)],
  )
}

async function noteTerminals(sql: Sql, items: readonly FedItem[]): Promise<void> {
  const seen = new Map(
    items.map(({ unp, terminal, serial, bank }) => [
      JSON.stringify([unp ?? '', terminal]),
      { unp: unp ?? '', terminal, serial, bank },
    ]),
  )
  await sql.query(
    `insert into bank_terminal(unp, terminal, serial, bank)
     select unp, terminal, serial, bank from jsonb_to_recordset($1::jsonb)
       as told(unp text, terminal text, serial text, bank text)
     on conflict (unp, terminal) do update set serial = excluded.serial, bank = excluded.bank
     where (bank_terminal.serial, bank_terminal.bank) <> (excluded.serial, excluded.bank)`,
    [JSON.stringify([...seen.values()])],
  )
}

const owned = (row: FedEntry) => Object.assign({}, row, { unp: row.unp ?? '' })

async function addTurnover(sql: Sql, rows: readonly FedEntry[]): Promise<void> {
  if (rows.length === 0) return
  await sql.query(
    `insert into turnover(unp, day, split, value, count, declined, paid, back)
     select * from jsonb_to_recordset($1::jsonb)
       as added(unp text, day text, split text, value text, count integer, declined integer,
                paid bigint, back bigint)
     on conflict (unp, day, split, value) do update
     set count = turnover.count + excluded.count, declined = turnover.declined + excluded.declined,
         paid = turnover.paid + excluded.paid, back = turnover.back + excluded.back`,
    [JSON.stringify(turnoverOf(rows.map(owned)))],
  )
}

/**
 * The bank knows nothing of `cursor`: it is kept, and all is read again from the beginning, for
 * nobody can tell where the bank's two pasts part.
 */
export const beginAgain = (db: Postgres, cursor: string, now: Moment): Promise<void> =>
  db.transaction(async (sql) => {
    const begun = await sql.query(
      'update bank_feed set cursor = null where cursor = $1 returning id',
      [cursor],
    )
    if (begun.length === 0) return
    await sql.query('insert into bank_put_back(cursor, seen_at) values ($1, $2)', [cursor, now])
  })
