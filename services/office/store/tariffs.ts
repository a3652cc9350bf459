import type { Day } from '#core/billing/calendar.ts'
import type { PriceFrom, Terms } from '#core/billing/subscription.ts'
import type { Kopecks } from '#core/money.ts'
import type { Sql } from '#services/runtime/sql.ts'
import { laterPrices } from './holdings.ts'

export type TariffRow = {
  id: string
  name: string
  /** The first one; `later`: those that follow it, by their days. */
  price: Kopecks
  later: readonly PriceFrom[]
  months: number
  days: number
}

const had = `from tariff t where t.from_day <= $1 and not exists(
  select from tariff_price p join tariff_price u on u.undoes = p.id
  where p.tariff = t.tariff and p.from_day = t.from_day)`

/** Tariffs that can be had on that day. */
export const tariffsOf = (sql: Sql, today: Day): Promise<TariffRow[]> =>
  sql.query(
    `select tariff as id, name, price, months, days, ${laterPrices('t')} as later ${had}
     order by price, tariff`,
    [today],
  )

/** The terms of a tariff that can be had on that day; null: it cannot. */
export async function termsOf(sql: Sql, tariff: string, today: Day): Promise<Terms | null> {
  const [row] = await sql.query<Terms>(
    `select tariff, price, months, days, ${laterPrices('t')} as later ${had} and tariff = $2`,
    [today, tariff],
  )
  return row ?? null
}

/** What people call a tariff, whether it can still be had or not. */
export async function tariffName(sql: Sql, tariff: string): Promise<string> {
  const [row] = await sql.query<{ name: string }>('select name from tariff where tariff = $1', [
    tariff,
  ])
  return row?.name ?? tariff
}

export type PriceRow = {
  /** Null: the first price of a tariff that is there from ever. */
  id: number | null
  tariff: string
  name: string
  months: number
  days: number
  price: Kopecks
  /** Null: from ever. */
  from: Day | null
  at: number | null
  person: string | null
  undone: boolean
}

/** Every price that there ever was or will be, by tariff and day. */
export const pricesOf = (sql: Sql): Promise<PriceRow[]> =>
  sql.query(
    `select all_prices.* from (
       select null::bigint as id, tariff, name, months, days, price, null as "from",
              null::bigint as at, null as person, false as undone
       from tariff where from_day = ''
       union all
       select p.id, p.tariff, name, months, days, p.price, p.from_day, p.at, p.email,
              exists(select from tariff_price u where u.undoes = p.id)
       from tariff_price p join tariff t on t.tariff = p.tariff where p.undoes is null) all_prices
     order by tariff, "from" nulls first, id`,
  )

/** Whoever changes tariffs goes one by one. */
export const lockTariffs = (sql: Sql): Promise<unknown> =>
  sql.query('lock table tariff_price in share row exclusive mode')

export type NewPrice = { tariff: string; price: Kopecks; from: Day; now: number; email: string }

export async function addPrice(
  sql: Sql,
  { tariff, price, from, now, email }: NewPrice,
): Promise<void> {
  await sql.query(
    'insert into tariff_price(tariff, from_day, price, at, email) values ($1, $2, $3, $4, $5)',
    [tariff, from, price, now, email],
  )
}

/** A tariff with its first price. */
export async function addTariff(
  sql: Sql,
  of: NewPrice & { name: string; months: number; days: number },
): Promise<void> {
  const { tariff, name, price, months, days, from } = of
  await sql.query(
    `insert into tariff(tariff, name, price, months, days, from_day)
     values ($1, $2, $3, $4, $5, $6)`,
    [tariff, name, price, months, days, from],
  )
  await addPrice(sql, of)
}

/** Undoes a price whose day is ahead by a row that names it. */
export async function undoPrice(
  sql: Sql,
  { id, now, email }: { id: number; now: number; email: string },
): Promise<void> {
  await sql.query(
    `insert into tariff_price(tariff, from_day, price, at, email, undoes)
     select tariff, from_day, price, $2, $3, id from tariff_price where id = $1`,
    [id, now, email],
  )
}
