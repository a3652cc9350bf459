import type { FedEntry, FedItem } from '#core/api/acquirer-feed.ts'
import { daySumsOf } from '#core/card/day-sums.ts'
import { type TurnoverCell, turnoverOf } from '#core/card/turnover.ts'
import type { Moment } from '#core/time.ts'
import type { Postgres, Sql } from '#services/runtime/sql.ts'
import { compareWords } from './till-words.ts'

/** Where the bank's feed is to be gone on from; null: from the beginning. */
export async function heldCursor(sql: Sql): Promise<string | null> {
  const [row] = await sql.query<{ cursor: string | null }>('select cursor from bank_feed')
  return row?.cursor ?? null
}

export type TakenPage = { items: readonly FedItem[]; after: string | null; cursor: string | null }

/**
 * Takes in what the feed told behind `after`, with the cursor in one transaction. Nothing where
 * somebody else went on from there meanwhile. What is known already is not counted again, unless
 * the bank had forgotten it.
 */
export const takePage = (db: Postgres, { items, after, cursor }: TakenPage): Promise<void> =>
  db.transaction(async (sql) => {
    const [moved] = await sql.query<{ knownTo: number | null; forgotten: number | null }>(
      // The first of them in order is in their index; whether there is any would be asked of every
      // row where nothing is known yet of how many there are.
      `update bank_feed set cursor = $2 where cursor is not distinct from $1
       returning known_to as "knownTo", (
         select id from bank_transaction where forgotten_at is not null
         order by unp, at, id limit 1) as forgotten`,
      [after, cursor],
    )
    if (!moved) return
    const entries = items.flatMap((item) => (item.is === 'entry' ? item : []))
    const fresh = await takeEntries(sql, entries)
    if (moved.knownTo !== null) await noteToldAgain(sql, entries, moved.knownTo)
    const again = moved.forgotten !== null ? await remembered(sql, entries) : []
    await takeDays(
      sql,
      items.filter(({ is }) => is === 'day'),
    )
    await noteTerminals(sql, items)
    await addTurnover(sql, [...fresh, ...again], 1)
    await addDaySums(sql, [...fresh, ...again], { sign: 1, forgotten: false })
    await addDaySums(sql, again, { sign: -1, forgotten: true })
    await compareWords(sql, entries.map(owned))
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
  return entries.filter((entry) => fresh.has(keyOf(entry)))
}

const keyOf = ({ terminal, operation, reversal }: FedEntry): string =>
  `${terminal} ${operation} ${reversal}`

const told = `json_to_recordset($1::json)
              as told(terminal text, operation uuid, reversal boolean)`
const isTold = `t.terminal = told.terminal and t.operation = told.operation
                and t.reversal = told.reversal`

/** Of what was known before the bank was put back, this was told again. */
async function noteToldAgain(sql: Sql, entries: readonly FedEntry[], to: number): Promise<void> {
  await sql.query(
    `insert into told_again(id)
     select t.id from ${told} join bank_transaction t on ${isTold} where t.id <= $2
     on conflict do nothing`,
    [JSON.stringify(entries), to],
  )
}

/** What the bank had forgotten and knows again, as after the right backup was found. */
async function remembered(sql: Sql, entries: readonly FedEntry[]): Promise<FedEntry[]> {
  const rows = await sql.query<Pick<FedEntry, 'terminal' | 'operation' | 'reversal'>>(
    `update bank_transaction t set forgotten_at = null
     from ${told} where ${isTold} and t.forgotten_at is not null
     returning t.terminal, t.operation, t.reversal`,
    [JSON.stringify(entries)],
  )
  const keys = new Set(rows.map((row) => keyOf(row as FedEntry)))
  return entries.filter((entry) => keys.has(keyOf(entry)))
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
     on conflict (terminal, day, closed_at) do update
     set told_again = true, forgotten_at = null
     where not bank_day.told_again or bank_day.forgotten_at is not null`,
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

/** `sign`: −1 takes away again what rows added. */
async function addTurnover(sql: Sql, rows: readonly FedEntry[], sign: 1 | -1): Promise<void> {
  if (rows.length === 0) return
  const cells = turnoverOf(rows.map(owned)).map((cell) => timesSign(cell, sign))
  const added = `from jsonb_to_recordset($1::jsonb)
    as added(unp text, day text, split text, value text, count integer, declined integer,
             paid bigint, back bigint)`
  const sums = ['count', 'declined', 'paid', 'back']
  const both = (table: string) =>
    sums.map((name) => `${name} = ${table}.${name} + excluded.${name}`).join()
  await sql.query(
    `with told as (select * ${added}), months as (
       insert into turnover_month(unp, month, split, value, count, declined, paid, back)
       select unp, left(day, 7), split, value, sum(count), sum(declined), sum(paid), sum(back)
       from told group by unp, left(day, 7), split, value
       on conflict (unp, month, split, value) do update set ${both('turnover_month')})
     insert into turnover(unp, day, split, value, count, declined, paid, back)
     select * from told
     on conflict (unp, day, split, value) do update set ${both('turnover')}`,
    [JSON.stringify(cells)],
  )
}

/** The same for business days; `forgotten`: of the rows that the bank has forgotten. */
async function addDaySums(
  sql: Sql,
  rows: readonly FedEntry[],
  { sign, forgotten }: { sign: 1 | -1; forgotten: boolean },
): Promise<void> {
  const cells = daySumsOf(rows.map(owned))
  if (cells.length === 0) return
  await sql.query(
    `insert into day_sum(terminal, day, unp, kind, reversal, forgotten, count, sum)
     select terminal, day, unp, kind, reversal, $2, $3 * count, $3 * sum
     from jsonb_to_recordset($1::jsonb)
       as added(terminal text, day integer, unp text, kind text, reversal boolean, count integer,
                sum bigint)
     on conflict (terminal, day, unp, kind, reversal, forgotten) do update
     set count = day_sum.count + excluded.count, sum = day_sum.sum + excluded.sum`,
    [JSON.stringify(cells), forgotten, sign],
  )
}

const timesSign = (cell: TurnoverCell, sign: 1 | -1) =>
  Object.assign({}, cell, {
    count: sign * cell.count,
    declined: sign * cell.declined,
    paid: sign * cell.paid,
    back: sign * cell.back,
  })

/**
 * The bank knows nothing of `cursor`: it is kept, and all is read again from the beginning, for
 * nobody can tell where the bank's two pasts part.
 */
export const beginAgain = (db: Postgres, cursor: string, now: Moment): Promise<void> =>
  db.transaction(async (sql) => {
    const begun = await sql.query(
      `update bank_feed
       set cursor = null, known_to = (select coalesce(max(id), 0) from bank_transaction)
       where cursor = $1 returning id`,
      [cursor],
    )
    if (begun.length === 0) return
    await sql.query('delete from told_again')
    await sql.query('update bank_day set told_again = false')
    await sql.query('insert into bank_put_back(cursor, seen_at) values ($1, $2)', [cursor, now])
  })

/** Rows looked at in one transaction: a bank may have forgotten a million. */
const MARKED_AT_ONCE = 1000

/**
 * Marks what a bank that was put back did not tell again, now that it has told all up to `cursor`,
 * and takes it out of the turnover. Killed at any moment it goes on from what is marked.
 */
export async function markForgotten(
  db: Postgres,
  { cursor, now }: { cursor: string | null; now: Moment },
): Promise<void> {
  let last = 0
  for (;;) {
    const step = await db.transaction(async (sql) => {
      const [held] = await sql.query<{ knownTo: number | null }>(
        `select known_to as "knownTo" from bank_feed where cursor is not distinct from $1
         for update`,
        [cursor],
      )
      // Whoever went on from there marks it.
      if (!held || held.knownTo === null) return null
      const rows = await markSome(sql, { after: last, to: held.knownTo, now })
      if (rows.length === MARKED_AT_ONCE) return rows.at(-1)?.id ?? null
      await sql.query(
        'update bank_day set forgotten_at = $1 where not told_again and forgotten_at is null',
        [now],
      )
      await sql.query('update bank_feed set known_to = null')
      await sql.query('delete from told_again')
      return null
    })
    if (step === null) return
    last = step
  }
}

async function markSome(
  sql: Sql,
  { after, to, now }: { after: number; to: number; now: Moment },
): Promise<(FedEntry & { id: number })[]> {
  const rows = await sql.query<FedEntry & { id: number }>(
    `update bank_transaction t set forgotten_at = $4
     from (select id from bank_transaction k
           where id > $1 and id <= $2 and forgotten_at is null
             and not exists(select from told_again r where r.id = k.id)
           order by id limit $3) lost
     where t.id = lost.id
     returning t.id, unp, terminal, at, kind, reversal, sum, code, rrn, issuer, operation, day`,
    [after, to, MARKED_AT_ONCE, now],
  )
  await addTurnover(sql, rows, -1)
  await addDaySums(sql, rows, { sign: -1, forgotten: false })
  await addDaySums(sql, rows, { sign: 1, forgotten: true })
  await compareWords(sql, rows.map(owned))
  return rows.toSorted((a, b) => a.id - b.id)
}
