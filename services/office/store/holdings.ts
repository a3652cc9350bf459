import { join } from 'node:path'
import { assert } from '#core/assert.ts'
import {
  type EntryKind,
  imbalance,
  type LedgerPosting,
  oppositeOf,
  postingsOf,
} from '#core/billing/ledger.ts'
import {
  type Due,
  type EndReason,
  type Holdings,
  type PriceFrom,
  paidOn,
  paidUntil,
  type Subscription,
} from '#core/billing/subscription.ts'
import type { Kopecks } from '#core/money.ts'
import { migrate } from '#services/runtime/postgres.ts'
import type { Postgres, Sql } from '#services/runtime/sql.ts'

export const prepareOfficeDb = (db: Postgres): Promise<void> =>
  migrate(db, join(import.meta.dirname, '../schema'))

/** Holds a personal account until the transaction ends; false: there is none. */
export async function lockAccount(sql: Sql, account: string): Promise<boolean> {
  const rows = await sql.query('select from contract where account = $1 for update', [account])
  return rows.length > 0
}

export async function storedBalance(sql: Sql, account: string): Promise<Kopecks> {
  const [row] = await sql.query<{ balance: Kopecks }>(
    'select coalesce(sum(sum), 0)::bigint as balance from posting where account = $1',
    [`client:${account}`],
  )
  assert(row, 'a sum is a row')
  return row.balance
}

type Later = readonly PriceFrom[]
type RunRow = Omit<Subscription, 'terms' | 'next' | 'ended'> & {
  tariff: string
  price: Kopecks
  months: number
  days: number
  next: string | null
  nextPrice: Kopecks
  nextMonths: number
  nextDays: number
  later: Later
  nextLater: Later
  endedOn: string | null
  endReason: EndReason | null
}

/** Prices of tariff `t` that follow its first one, by their days; those undone are left out. */
export const laterPrices = (t: string): string =>
  `(select coalesce(json_agg(json_build_object('from', from_day, 'price', price)
                             order by from_day), '[]')
    from tariff_price p where p.tariff = ${t}.tariff and p.undoes is null
      and p.from_day > ${t}.from_day
      and not exists(select from tariff_price u where u.undoes = p.id))`

const runs = `select serial, run, s.tariff, t.price, t.months, t.days, anchor, paid, renews,
                     next,
                     n.price as "nextPrice", n.months as "nextMonths", n.days as "nextDays",
                     ended_on as "endedOn", end_reason as "endReason",
                     ${laterPrices('t')} as later, ${laterPrices('n')} as "nextLater",
                     (select coalesce(json_agg(-o.sum order by c.k), '[]')
                      from charge c join posting o on o.entry = c.entry
                        and o.account = 'client:' || s.account
                      where c.serial = s.serial and c.run = s.run) as charged
              from subscription s join tariff t on t.tariff = s.tariff
              left join tariff n on n.tariff = s.next`

const runIn = (row: RunRow): Subscription => {
  const { serial, run, tariff, price, months, days, later, anchor, paid, charged, renews } = row
  const { next, nextPrice, nextMonths, nextDays, nextLater, endedOn, endReason } = row
  return {
    serial,
    run,
    terms: { tariff, price, months, days, later },
    anchor,
    paid,
    charged,
    renews,
    next:
      next === null
        ? null
        : {
            tariff: next,
            price: nextPrice,
            months: nextMonths,
            days: nextDays,
            later: nextLater,
          },
    ended: endedOn === null || endReason === null ? null : { on: endedOn, why: endReason },
  }
}

/** What a client has: its balance, and of each of its tills the newest run. */
export async function holdingsOf(sql: Sql, account: string): Promise<Holdings> {
  const rows = await sql.query<RunRow>(
    `${runs} where account = $1
       and run = (select max(run) from subscription l where l.serial = s.serial)
     order by serial`,
    [account],
  )
  return { balance: await storedBalance(sql, account), subscriptions: rows.map(runIn) }
}

/** The newest run of a till, whoever's it is; null: there was none. */
export async function lastRunOf(sql: Sql, serial: string): Promise<Subscription | null> {
  const [row] = await sql.query<RunRow>(`${runs} where serial = $1 order by run desc limit 1`, [
    serial,
  ])
  return row ? runIn(row) : null
}

/** The account that the newest run of a till is paid from. */
export async function accountOfRuns(sql: Sql, serial: string): Promise<string | null> {
  const [row] = await sql.query<{ account: string }>(
    'select account from subscription where serial = $1 order by run desc limit 1',
    [serial],
  )
  return row?.account ?? null
}

/** Accounts on which something is due. */
export async function accountsDue(sql: Sql, today: string): Promise<string[]> {
  const rows = await sql.query<{ account: string }>(
    `select distinct account from subscription where ended_on is null and paid_until <= $1`,
    [today],
  )
  return rows.map(({ account }) => account)
}

/** Who writes an entry down, when, and what it is known by. */
export type By = { account: string; now: number; email?: string | null; note?: string | null }

type NewEntry = By & { kind: EntryKind; postings: readonly LedgerPosting[] }
type Known = { request?: string; undoes?: number }

/** Writes an entry down with its postings. */
async function post(sql: Sql, entry: NewEntry, known: Known = {}): Promise<number> {
  const { kind, account, now, postings, email = null, note = null } = entry
  assert(imbalance({ postings }) === 0, 'no kopeck appears or disappears')
  const { request = null, undoes = null } = known
  const [row] = await sql.query<{ id: number }>(
    `with made as (
       insert into entry(at, kind, account, email, note, request, undoes)
       values ($1, $2, $3, $4, $5, $6, $7) returning id),
     posted as (
       insert into posting(entry, account, sum)
       select id, rows.* from made, unnest($8::text[], $9::bigint[]) rows)
     select id from made`,
    [
      now,
      kind,
      account,
      email,
      note,
      request,
      undoes,
      postings.map((each) => each.account),
      postings.map(({ sum }) => sum),
    ],
  )
  assert(row, 'an entry that was made has an id')
  return row.id
}

type Moved = {
  kind: Exclude<EntryKind, 'undoing'>
  sum: Kopecks
  /** What it is known by when it is repeated. */
  request?: string
}

/** Moves a sum to or from a client's account. */
export const move = (sql: Sql, { kind, sum, request }: Moved, by: By): Promise<number> =>
  post(
    sql,
    Object.assign({ kind, postings: postingsOf(kind, { client: by.account, sum }) }, by),
    request === undefined ? {} : { request },
  )

/** Undoes an entry by its opposite. */
export async function undo(sql: Sql, entry: number, by: By): Promise<number> {
  const postings = await sql.query<LedgerPosting>(
    'select account, sum from posting where entry = $1',
    [entry],
  )
  const opposite = Object.assign({ kind: 'undoing', postings: oppositeOf(postings) } as const, by)
  return post(sql, opposite, { undoes: entry })
}

/** Writes down what fell due: runs as they stand, each charge once for ever. */
export async function takeDue(sql: Sql, due: readonly Due[], by: By): Promise<void> {
  for (const each of due) {
    if (each.is === 'set') {
      await putRun(sql, by.account, each.subscription)
      continue
    }
    const { subscription, k, on, sum } = each
    await putRun(sql, by.account, paidOn(each))
    const { serial, run, terms } = subscription
    const note = `${serial} ${terms.tariff} ${on}`
    const entry = await move(sql, { kind: 'charge', sum }, Object.assign({}, by, { note }))
    await sql.query('insert into charge(serial, run, k, entry) values ($1, $2, $3, $4)', [
      serial,
      run,
      k,
      entry,
    ])
  }
}

export async function putRun(sql: Sql, account: string, run: Subscription): Promise<void> {
  await sql.query(
    `insert into subscription(serial, run, account, tariff, anchor, paid, renews, next, ended_on,
                              end_reason, paid_until)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (serial, run) do update
     set paid = $6, renews = $7, next = $8, ended_on = $9, end_reason = $10, paid_until = $11`,
    [
      run.serial,
      run.run,
      account,
      run.terms.tariff,
      run.anchor,
      run.paid,
      run.renews,
      run.next?.tariff ?? null,
      run.ended?.on ?? null,
      run.ended?.why ?? null,
      paidUntil(run),
    ],
  )
}
