import type { Quote, QuoteKind } from '#core/billing/quote.ts'
import type { PriceFrom } from '#core/billing/subscription.ts'
import type { Kopecks } from '#core/money.ts'
import type { Sql } from '#services/runtime/sql.ts'
import { laterPrices } from './holdings.ts'

export async function putQuote(
  sql: Sql,
  { id, account, quote }: { id: string; account: string; quote: Quote },
): Promise<void> {
  const { serial, kind, terms, credit, sum, on, basis } = quote
  await sql.query(
    `insert into quote(quote, account, serial, kind, tariff, credit, sum, quoted_on, basis_run,
                       basis_paid)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      id,
      account,
      serial,
      kind,
      terms.tariff,
      credit,
      sum,
      on,
      basis?.run ?? null,
      basis?.paid ?? null,
    ],
  )
}

type QuoteRow = {
  account: string
  serial: string
  kind: QuoteKind
  tariff: string
  price: Kopecks
  months: number
  days: number
  later: readonly PriceFrom[]
  credit: Kopecks
  sum: Kopecks
  on: string
  basisRun: number | null
  basisPaid: number | null
}

const quoted = `q.account, q.serial, q.kind, q.tariff, t.price, t.months, t.days,
                ${laterPrices('t')} as later, q.credit, q.sum,
                quoted_on as "on", basis_run as "basisRun", basis_paid as "basisPaid"`

export type StoredQuote = Quote & { account: string }

const quoteIn = (row: QuoteRow): StoredQuote => {
  const { account, serial, kind, tariff, price, months, days, later, credit, sum, on } = row
  const { basisRun: run, basisPaid: paid } = row
  return {
    account,
    serial,
    kind,
    terms: { tariff, price, months, days, later },
    credit,
    sum,
    on,
    basis: run === null || paid === null ? null : { run, paid },
  }
}

export async function quoteById(sql: Sql, id: string): Promise<StoredQuote | null> {
  const [row] = await sql.query<QuoteRow>(
    `select ${quoted} from quote q join tariff t on t.tariff = q.tariff where quote = $1`,
    [id],
  )
  return row ? quoteIn(row) : null
}

export type OrderRow = {
  number: number
  quote: string
  placedAt: number
  state: 'waiting' | 'paid' | 'over'
  renews: boolean
  tariffName: string
  of: StoredQuote
}

type StoredOrder = QuoteRow & Omit<OrderRow, 'of'>

const orderIn = (row: StoredOrder): OrderRow => {
  const { number, quote, placedAt, state, renews, tariffName } = row
  return { number, quote, placedAt, state, renews, tariffName, of: quoteIn(row) }
}

const placed = `select p.number, p.quote, p.placed_at as "placedAt", p.state, p.renews,
                       t.name as "tariffName", ${quoted}
                from purchase p join quote q on q.quote = p.quote
                join tariff t on t.tariff = q.tariff`
const MOST_ORDERS = 200

/** Orders of an account, or of all (null), newest first. */
export async function ordersOf(sql: Sql, account: string | null): Promise<OrderRow[]> {
  const rows = await sql.query<StoredOrder>(
    `${placed} where ($1::text is null or p.account = $1)
     order by p.number desc limit ${MOST_ORDERS}`,
    [account],
  )
  return rows.map(orderIn)
}

export async function orderOf(sql: Sql, quote: string): Promise<OrderRow | null> {
  const [row] = await sql.query<StoredOrder>(`${placed} where p.quote = $1`, [quote])
  return row ? orderIn(row) : null
}

export type InvoicedOrder = OrderRow & {
  company: string
  unp: string
  contract: string
}

/** An order of an account, or of any (null), by its number, and whose it is. */
export async function orderByNumber(
  sql: Sql,
  account: string | null,
  number: number,
): Promise<InvoicedOrder | null> {
  const [row] = await sql.query<StoredOrder>(
    `${placed} where p.number = $1 and ($2::text is null or p.account = $2)`,
    [number, account],
  )
  if (!row) return null
  const order = orderIn(row)
  const [of] = await sql.query<Omit<InvoicedOrder, keyof OrderRow>>(
    'select company, unp, number as contract from contract where account = $1',
    [row.account],
  )
  return of ? Object.assign(order, of) : null
}

/** Orders that wait for money, the oldest first. */
export async function waitingOrders(sql: Sql, account: string): Promise<OrderRow[]> {
  const rows = await sql.query<StoredOrder>(
    `${placed} where p.account = $1 and p.state = 'waiting' order by p.number`,
    [account],
  )
  return rows.map(orderIn)
}

type Placed = { quote: string; account: string; email: string; renews: boolean; now: number }

export async function placeOrder(
  sql: Sql,
  { quote, account, email, renews, now }: Placed,
): Promise<void> {
  await sql.query(
    `insert into purchase(quote, account, email, renews, placed_at, state)
     values ($1, $2, $3, $4, $5, 'waiting')`,
    [quote, account, email, renews, now],
  )
}

export async function endOrder(sql: Sql, number: number, state: 'paid' | 'over'): Promise<void> {
  await sql.query('update purchase set state = $2 where number = $1', [number, state])
}
