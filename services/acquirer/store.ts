import { join } from 'node:path'
import type { BankTransaction, BusinessDay } from '#core/api/acquirer.ts'
import { assert } from '#core/assert.ts'
import type { DayTotals, Movement } from '#core/card/business-day.ts'
import type { BookEntry, Card, HostTerminal } from '#core/card/host.ts'
import type { ActionCode } from '#core/iso8583/action-codes.ts'
import type { Kopecks } from '#core/money.ts'
import { migrate } from '#services/runtime/postgres.ts'
import type { Postgres, Sql } from '#services/runtime/sql.ts'

export const prepareAcquirerDb = (db: Postgres): Promise<void> =>
  migrate(db, join(import.meta.dirname, 'schema'))

// Terminals and cards

/** Holds the terminal's row until the transaction ends: one decision of a terminal at a time. */
export async function lockTerminal(sql: Sql, terminal: string): Promise<HostTerminal | null> {
  const [row] = await sql.query<HostTerminal>(
    'select terminal, merchant, day from terminal where terminal = $1 for update',
    [terminal],
  )
  return row ?? null
}

/** Holds the card's row: two terminals must not spend the same money. */
export async function lockCard(sql: Sql, card: string): Promise<Card | null> {
  const [row] = await sql.query<Card>(
    `select card as id, masked, issuer, expiry, balance, sum_limit as "limit", declines, partial,
            delay_ms as "delayMs"
     from card where card = $1 for update`,
    [card],
  )
  return row ?? null
}

export async function moveBalance(sql: Sql, card: string, by: Kopecks): Promise<void> {
  await sql.query('update card set balance = balance + $2 where card = $1', [card, by])
}

// Entries

const entryColumns = `terminal, merchant, operation, kind, asked, sum, receipt, card, original, day,
  code, rrn, auth, (
    select undo.day from entry undo
    where undo.terminal = entry.terminal and undo.operation = entry.operation and undo.reversal
  ) as "reversedOn"`

export async function bookEntryOf(sql: Sql, terminal: string, operation: string) {
  const [row] = await sql.query<BookEntry>(
    `select ${entryColumns} from entry
     where terminal = $1 and operation = $2 and not reversal`,
    [terminal, operation],
  )
  return row ?? null
}

/** A merchant's approved operation by its RRN; of two, ten years apart, the later one. */
export async function entryByRrn(
  sql: Sql,
  merchant: string,
  rrn: string,
): Promise<BookEntry | null> {
  const [row] = await sql.query<BookEntry>(
    `select ${entryColumns} from entry
     where merchant = $1 and rrn = $2 and not reversal order by at desc limit 1`,
    [merchant, rrn],
  )
  return row ?? null
}

/**
 * The purchase that an operation hangs on and everything approved that hangs on it. Holds the
 * purchase's row, so that two terminals cannot refund the same money.
 */
export async function lockFamily(sql: Sql, member: BookEntry): Promise<BookEntry[]> {
  const { merchant } = member
  let root = member
  // Two steps at most: void of a refund, refund, purchase.
  for (let step = 0; root.original !== null && step < 2; step += 1) {
    const above = await entryByRrn(sql, merchant, root.original)
    assert(above, `the original of an approved operation must be there: ${root.original}`)
    root = above
  }
  await sql.query(
    'select from entry where terminal = $1 and operation = $2 and not reversal for update',
    [root.terminal, root.operation],
  )
  const family = await sql.query<BookEntry>(
    `with recursive family(rrn) as (
       select $2::text
       union select entry.rrn from entry join family on entry.original = family.rrn
       where entry.merchant = $1 and not entry.reversal and entry.rrn is not null)
     select ${entryColumns} from entry
     where merchant = $1 and rrn in (select rrn from family) and not reversal`,
    [merchant, root.rrn],
  )
  return family
}

export async function isFenced(sql: Sql, terminal: string, operation: string): Promise<boolean> {
  const rows = await sql.query('select from fence where terminal = $1 and operation = $2', [
    terminal,
    operation,
  ])
  return rows.length > 0
}

export async function fence(
  sql: Sql,
  values: { terminal: string; operation: string; at: number; reason: string },
): Promise<void> {
  await sql.query('insert into fence(terminal, operation, at, reason) values ($1, $2, $3, $4)', [
    values.terminal,
    values.operation,
    values.at,
    values.reason,
  ])
}

/** What is written of an operation or a reversal besides its decision. */
export type Booking = Omit<BookEntry, 'reversedOn'> & {
  reversal: boolean
  at: number
  masked: string | null
  issuer: string | null
  stan: number
  reason: string | null
}

/**
 * Books an entry under the terminal's next position, and lays it down for the feed. The terminal's
 * row must be held.
 */
export async function book(sql: Sql, entry: Booking): Promise<void> {
  await sql.query(
    `with place as (
       update terminal set position = position + 1 where terminal = $1 returning position),
     told as (insert into unfed(terminal, position) select $1, position from place)
     insert into entry(terminal, position, merchant, operation, reversal, kind, at, day, receipt,
                       card, masked, issuer, asked, sum, code, rrn, auth, original, stan, reason)
     select $1, position, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
            $18, $19
     from place`,
    [
      entry.terminal,
      entry.merchant,
      entry.operation,
      entry.reversal,
      entry.kind,
      entry.at,
      entry.day,
      entry.receipt,
      entry.card,
      entry.masked,
      entry.issuer,
      entry.asked,
      entry.sum,
      entry.code,
      entry.rrn,
      entry.auth,
      entry.original,
      entry.stan,
      entry.reason,
    ],
  )
}

export async function nextSerial(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ serial: number }>(`select nextval('rrn_serial')::int as serial`)
  assert(row, 'a sequence gives a number')
  return row.serial
}

/** Takes the ordered decline, so that it answers one purchase. */
export async function takeOrdered(sql: Sql): Promise<ActionCode | null> {
  const [row] = await sql.query<{ code: ActionCode }>('delete from ordered_decline returning code')
  return row?.code ?? null
}

export async function order(db: Postgres, code: string | null): Promise<void> {
  await db.transaction(async (sql) => {
    await sql.query('delete from ordered_decline')
    if (code !== null) await sql.query('insert into ordered_decline(code) values ($1)', [code])
  })
}

export async function ordered(db: Postgres): Promise<ActionCode | null> {
  const [row] = await db.query<{ code: ActionCode }>('select code from ordered_decline')
  return row?.code ?? null
}

// Business days

/** Movements of a day in the order they were booked, from a position on. */
export const movementsOf = (
  sql: Sql,
  { terminal, day }: { terminal: string; day: number },
  { after, limit }: { after: number; limit: number | null },
): Promise<(Movement & { position: number })[]> =>
  sql.query(
    `select position, operation, kind, reversal, sum from entry
     where terminal = $1 and day = $2 and position > $3 and (rrn is not null or reversal)
     order by position limit $4`,
    [terminal, day, after, limit],
  )

export type ClosedDay = { code: ActionCode; bankTotals: DayTotals; terminalTotals: DayTotals }

export async function closeDay(
  sql: Sql,
  { terminal, day, at, closed }: { terminal: string; day: number; at: number; closed: ClosedDay },
): Promise<void> {
  await sql.query(
    `with told as (insert into unfed(terminal, day) values ($1, $2))
     insert into business_day(terminal, day, closed_at, code, bank_totals, terminal_totals)
     values ($1, $2, $3, $4, $5::jsonb, $6::jsonb)`,
    [
      terminal,
      day,
      at,
      closed.code,
      JSON.stringify(closed.bankTotals),
      JSON.stringify(closed.terminalTotals),
    ],
  )
  await sql.query('update terminal set day = $2 where terminal = $1', [terminal, day + 1])
}

// The feed

/** Where a page of the feed ended. */
export type FeedPlace = { at: number; terminal: string; position: number }

export type Filter = {
  merchant?: string | undefined
  terminal?: string | undefined
  from?: number | undefined
  until?: number | undefined
  before?: FeedPlace | undefined
}

export type FeedRow = Omit<BankTransaction, 'title' | 'description'> & { position: number }

/** Entries newest first; the cost is the page's, whatever was booked before. */
export function feed(
  sql: Sql,
  { filter, limit }: { filter: Filter; limit: number },
): Promise<FeedRow[]> {
  const parameters: unknown[] = [limit]
  const conditions: string[] = []
  const where = (condition: string, ...values: unknown[]) => {
    let at = parameters.length
    parameters.push(...values)
    conditions.push(condition.replace(/\?/g, () => `$${++at}`))
  }
  const { merchant, terminal, from, until, before } = filter
  if (merchant !== undefined) where('entry.merchant = ?', merchant)
  if (terminal !== undefined) where('entry.terminal = ?', terminal)
  if (from !== undefined) where('at >= ?', from)
  if (until !== undefined) where('at < ?', until)
  if (before) {
    where(
      '(at, entry.terminal, entry.position) < (?, ?, ?)',
      before.at,
      before.terminal,
      before.position,
    )
  }
  return sql.query(
    `select entry.terminal, serial, bank, entry.merchant, at, receipt, masked, sum, kind, reversal,
            entry.operation, code, rrn, auth, issuer, entry.day, entry.position
     from entry join terminal on terminal.terminal = entry.terminal
     ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
     order by at desc, entry.terminal desc, entry.position desc limit $1`,
    parameters,
  )
}

export const daysOf = (
  sql: Sql,
  { terminal, before, limit }: { terminal: string; before: number; limit: number },
): Promise<BusinessDay[]> =>
  sql.query(
    `select day, closed_at as "closedAt", code, bank_totals as "bankTotals",
            terminal_totals as "terminalTotals"
     from business_day where terminal = $1 and day < $2 order by day desc limit $3`,
    [terminal, before, limit],
  )
