import type { TransactionFilter, TransactionView } from '#core/api/office-trade.ts'
import { isRefusal } from '#core/iso8583/action-codes.ts'
import { type Conditions, where } from '#services/runtime/conditions.ts'
import type { PagePlace } from '#services/runtime/page-token.ts'
import type { Sql } from '#services/runtime/sql.ts'

const columns = `t.id, t.terminal, t.serial, t.merchant, t.bank, t.at, t.receipt, t.masked, t.sum,
                 t.kind, t.reversal, t.operation, t.code, t.rrn, t.auth, t.issuer, t.day,
                 t.original, t.forgotten_at as "forgottenAt", not t.reversal and exists(
                   select from bank_transaction u
                   where u.terminal = t.terminal and u.operation = t.operation and u.reversal
                     and u.forgotten_at is null
                 ) as undone, case when not t.reversal then (
                   select w.disagrees from till_word w
                   where w.unp = t.unp and w.operation = t.operation) end as disagrees`

export type WantedTransactions = Omit<TransactionFilter, 'day' | 'dayTo'> & {
  from: number | undefined
  until: number | undefined
  before: PagePlace | undefined
}

/** A client's transactions in one of four orders; the cost is the page's, whatever there is. */
export function transactionsOf(
  sql: Sql,
  unp: string,
  { wanted, limit }: { wanted: WantedTransactions; limit: number },
): Promise<TransactionView[]> {
  const [sorted, way] = wanted.sort.split('-')
  const [column, order, beyond] =
    way === 'down' ? ([sorted, 'desc', '<'] as const) : ([sorted, 'asc', '>'] as const)
  const all: Conditions = { texts: ['t.unp = $1'], values: [unp, limit] }
  narrow(all, wanted)
  const { before } = wanted
  if (before) where(all, `(t.${column}, t.id) ${beyond} (?, ?)`, before.value, before.id)
  // A business day is few rows, which lie together by time: to come upon them in another order all
  // the others would be passed.
  const by = wanted.businessDay === undefined ? `t.${column}` : `t.${column} + 0`
  return sql.query(
    // Whether a row was undone is asked of the page alone: asked of all, all reversals are read.
    `select ${columns} from (
       select * from bank_transaction t where ${all.texts.join(' and ')}
       order by ${by} ${order}, t.id ${order} limit $2) t
     order by t.${column} ${order}, t.id ${order}`,
    all.values,
  )
}

const ofResult: Record<NonNullable<WantedTransactions['result']>, string> = {
  declined: 't.rrn is null and not t.reversal',
  approved: '(t.rrn is not null or t.reversal) and t.forgotten_at is null',
  forgotten: 't.forgotten_at is not null',
  disagrees: `not t.reversal and t.operation in (
    select operation from till_word w where w.unp = $1 and w.disagrees is not null)`,
}

/** No row has both. */
const isContradiction = ({ result, code = '' }: WantedTransactions): boolean =>
  (result === 'declined' && code === '000') || (result === 'approved' && isRefusal(code))

function narrow(all: Conditions, wanted: WantedTransactions): void {
  const { terminal, businessDay, from, until, kind, result, code, card, receipt, rrn, sum } = wanted
  if (terminal !== undefined) where(all, 't.terminal = ?', terminal)
  if (businessDay !== undefined) where(all, 't.day = ?', businessDay)
  // Days are found terminal by terminal.
  if (businessDay !== undefined && terminal === undefined) {
    where(all, 't.terminal = any(array(select terminal from bank_terminal where unp = $1))')
  }
  if (from !== undefined) where(all, 't.at >= ?', from)
  if (until !== undefined) where(all, 't.at < ?', until)
  // A bank answers every reversal by 400 alone.
  if (kind === 'reversal') where(all, "t.reversal and t.code = '400' and t.code <> '000'")
  else if (kind !== undefined) where(all, 't.kind = ? and not t.reversal', kind)
  if (kind !== undefined && kind !== 'purchase' && kind !== 'reversal') {
    where(all, "t.kind <> 'purchase'")
  }
  if (code !== undefined) where(all, 't.code = ?', code)
  // The index by code leaves the usual one out. Said twice it would count twice as rare.
  if (result === 'declined' || (code !== undefined && code !== '000')) where(all, "t.code <> '000'")
  if (result !== undefined) where(all, ofResult[result])
  // All of them would be looked through to find none.
  if (isContradiction(wanted)) where(all, 'false')
  if (card !== undefined) where(all, 'right(t.masked, 4) = ?', card)
  if (receipt !== undefined) where(all, 't.receipt = ?', receipt)
  if (rrn !== undefined) where(all, 't.rrn = ?', rrn)
  if (sum !== undefined) where(all, 't.sum = ?', sum)
}

export async function transactionById(
  sql: Sql,
  unp: string,
  id: number,
): Promise<TransactionView | null> {
  const [row] = await sql.query<TransactionView>(
    `select ${columns} from bank_transaction t where t.unp = $1 and t.id = $2`,
    [unp, id],
  )
  return row ?? null
}

/** What undid it, what it gives back, and what was given back of it. */
export const relatedTo = (
  sql: Sql,
  unp: string,
  row: TransactionView,
): Promise<TransactionView[]> =>
  sql.query(
    `select ${columns} from bank_transaction t
     where t.unp = $1 and t.id <> $2 and (
       (t.terminal = $3 and t.operation = $4) or t.rrn = $5 or t.original = $6)
     order by t.at, t.id limit 100`,
    [unp, row.id, row.terminal, row.operation, row.original, row.rrn],
  )

/** What was approved in a business day and its till says otherwise or nothing of; 100 at most. */
export const unconfirmedOf = (
  sql: Sql,
  unp: string,
  { terminal, day }: { terminal: string; day: number },
): Promise<TransactionView[]> =>
  sql.query(
    `select ${columns} from bank_transaction t
     where t.unp = $1 and t.terminal = $2 and t.day = $3 and t.rrn is not null and not t.reversal
       and t.forgotten_at is null and not exists(
         select from till_word w
         where w.unp = t.unp and w.operation = t.operation and w.disagrees is null)
     order by t.at, t.id limit 100`,
    [unp, terminal, day],
  )

export const terminalsOf = (
  sql: Sql,
  unp: string,
): Promise<{ terminal: string; serial: string; bank: string }[]> =>
  sql.query(
    'select terminal, serial, bank from bank_terminal where unp = $1 order by serial, terminal',
    [unp],
  )

/** How many rows of a client the bank has forgotten, of a Minsk day's moments. */
export async function forgottenCount(
  sql: Sql,
  unp: string,
  { from, until }: { from: number; until: number },
): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `select count(*)::integer as count from bank_transaction
     where unp = $1 and at >= $2 and at < $3 and forgotten_at is not null`,
    [unp, from, until],
  )
  return row?.count ?? 0
}
