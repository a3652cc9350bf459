import { randomUUID } from 'node:crypto'
import type { FedItem } from '#core/api/acquirer-feed.ts'
import { client, type Send } from '#core/api/client.ts'
import { officeCabinetApi } from '#core/api/office-cabinet.ts'
import { addDays } from '#core/billing/calendar.ts'
import { DAY, minskDay, SECOND } from '#core/time.ts'
import { openOffice } from '#services/office/app.ts'
import { sowOffice } from '#services/office/seed.ts'
import { silentLog } from '#services/runtime/log.ts'
import { openPostgres } from '#services/runtime/postgres.ts'
import type { Postgres } from '#services/runtime/sql.ts'
import { believesOperator, operatorKey } from '#shop/enrolment.ts'
import { startPostgres } from '../scripts/postgres.ts'
import { type Measured, oneByOne } from './measure.ts'

const LOOKS = 20
const FED = 50_000
const UNP = '191000001'
const DAYS = 365
const TERMINALS = 10
const ACCOUNT = { email: 'own@bench.by', password: 'bench' }

export type OfficeFigures = {
  transactions: number
  /** Transactions of the feed a second, and milliseconds of this process's processor for each. */
  takenIn: { perSecond: number; processorMs: number }
  pages: { name: string; measured: Measured; processorMs: number }[]
}

/** The office in this process on a PostgreSQL of its own, with one merchant of so many rows. */
export async function officeFigures(transactions: number): Promise<OfficeFigures> {
  const server = await startPostgres()
  const db = await openPostgres({ url: server.url })
  const now = Date.now()
  const fed = { left: FED, now }
  const { app, pull } = await openOffice({
    db,
    clock: { now: () => now, elapsed: () => performance.now() },
    log: silentLog,
    key: operatorKey,
    verify: believesOperator,
    takesDemoPayments: false,
    bank: bankOf(fed),
  })
  const of = { unp: UNP, company: 'Bench', number: 'B1', concludedAt: now }
  const accounts = [Object.assign({ contract: 'B1' }, ACCOUNT)]
  await sowOffice(db, { tariffs: [], contracts: [of], equipment: [], accounts })
  await fill(db, { transactions, now })
  const [began, used] = [performance.now(), process.cpuUsage()]
  while (fed.left > 0) await pull?.()
  const tookMs = performance.now() - began
  const takenIn = { perSecond: (FED / tookMs) * SECOND, processorMs: processorMs(used) / FED }
  await db.transaction((sql) => sql.query('analyze'), { unhurried: true })
  const pages = await looks(app.request.bind(app) as Request, now)
  await db.close()
  server.stop()
  return { transactions, takenIn, pages }
}

type Request = (path: string, how: object) => Promise<Response>

const processorMs = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** A bank that has so many transactions more to tell. */
const bankOf =
  (fed: { left: number; now: number }): Send =>
  async ({ path }) => {
    const asked = Number(new URLSearchParams(path.split('?')[1]).get('limit'))
    const count = Math.min(asked, fed.left)
    fed.left -= count
    const items = Array.from({ length: count }, (_, n) => itemOf(n, fed.now))
    const cursor = `${FED - fed.left}.0000000000000000`
    return { status: 200, body: JSON.stringify({ known: true, items, cursor, at: fed.now }) }
  }

const itemOf = (n: number, now: number): FedItem =>
  ({
    is: 'entry',
    terminal: `T${n % TERMINALS}`,
    serial: `PE${n % TERMINALS}`,
    bank: 'Bench',
    merchant: 'M1',
    unp: UNP,
    operation: randomUUID(),
    reversal: false,
    at: now - (n % 86_400) * SECOND,
    receipt: n + 1,
    masked: `411111******${String(n % 10_000).padStart(4, '0')}`,
    issuer: `Bank ${n % 7}`,
    sum: 100 + (n % 9_000),
    kind: 'purchase',
    code: n % 20 === 0 ? '116' : '000',
    rrn: n % 20 === 0 ? null : String(n).padStart(12, '0'),
    auth: n % 20 === 0 ? null : '060914',
    original: null,
    day: 400,
  }) as FedItem

/** A year's trade past the feed: rows, their turnover, business days. */
async function fill(db: Postgres, { transactions, now }: { transactions: number; now: number }) {
  const row = `select 'T' || n % ${TERMINALS} as terminal, gen_random_uuid() as operation,
      $1::bigint - (n::bigint * ${DAYS * DAY} / ${transactions})::bigint as at,
      (n % 20 = 0) as declined, n,
      ${DAYS} - ((n - 1)::bigint * ${DAYS} / ${transactions})::integer as day
    from generate_series(1, ${transactions}) n`
  await db.transaction(
    async (sql) => {
      await sql.query('set local synchronous_commit = off')
      await sql.query(
        `insert into bank_transaction(terminal, operation, reversal, unp, merchant, serial, bank,
           at, receipt, masked, issuer, sum, kind, code, rrn, auth, original, day)
         select terminal, operation, false, '${UNP}', 'M1', 'PE' || n % ${TERMINALS}, 'Bench', at,
           n % 100000 + 1, '411111******' || lpad((n % 10000)::text, 4, '0'), 'Bank ' || n % 7,
           100 + n % 9000, case when n % 50 = 7 then 'refund' else 'purchase' end,
           case when declined then '116' else '000' end,
           case when declined then null else lpad(n::text, 12, '0') end, '060914', null, day
         from (${row}) made`,
        [now],
      )
      await sql.query(
        `insert into bank_terminal(unp, terminal, serial, bank)
         select '${UNP}', 'T' || n, 'PE' || n, 'Bench' from generate_series(0, ${TERMINALS - 1}) n`,
      )
      const parts = {
        hour: `lpad(extract(hour from moment)::text, 2, '0')`,
        terminal: 'terminal',
        issuer: 'issuer',
        code: 'code',
      }
      for (const [split, value] of Object.entries(parts)) {
        await sql.query(
          `insert into turnover(unp, day, split, value, count, declined, paid, back)
           select '${UNP}', to_char(moment, 'YYYY-MM-DD'), '${split}', ${value}, count(*),
             count(*) filter (where rrn is null),
             coalesce(sum(sum) filter (where rrn is not null), 0), 0
           from (select *, timezone('Europe/Minsk', to_timestamp(at / 1000.0)) as moment
                 from bank_transaction) t group by 2, 4`,
        )
      }
      await sql.query(
        `insert into turnover_month
         select unp, left(day, 7), split, value, sum(count), sum(declined), sum(paid), sum(back)
         from turnover group by unp, left(day, 7), split, value`,
      )
      await sql.query(
        `insert into day_sum
         select terminal, day, unp, kind, reversal, false, count(*), sum(sum)
         from bank_transaction where rrn is not null
         group by terminal, day, unp, kind, reversal`,
      )
      const none =
        `'{"debits":{"count":9,"sum":900},"credits":{"count":0,"sum":0},` +
        `"debitsReversed":{"count":0,"sum":0},"creditsReversed":{"count":0,"sum":0}}'::jsonb`
      await sql.query(
        `insert into bank_day(terminal, day, closed_at, unp, serial, bank, code, bank_totals,
                              terminal_totals)
         select 'T' || t, d, $1::bigint - (${DAYS} - d)::bigint * ${DAY}, '${UNP}', 'PE' || t,
                'Bench', '500', ${none}, ${none}
         from generate_series(0, ${TERMINALS - 1}) t, generate_series(1, ${DAYS - 1}) d`,
        [now],
      )
    },
    { unhurried: true },
  )
}

/** What the pages of a client's cabinet ask. */
async function looks(request: Request, now: number): Promise<OfficeFigures['pages']> {
  let cookie = ''
  const send: Send = async ({ method, path, body }) => {
    const headers = { cookie, 'content-type': 'application/json' }
    const answer = await request(path, Object.assign({ method, headers }, body && { body }))
    cookie = answer.headers.get('set-cookie') ?? cookie
    return { status: answer.status, body: await answer.text() }
  }
  const cabinet = client(officeCabinetApi, send)
  await cabinet.signIn(ACCOUNT)
  const list = (asked: object) => () =>
    cabinet.transactions(Object.assign({ sort: 'at-down' as const, limit: 50 }, asked))
  const today = minskDay(now)
  const first = await cabinet.transactions({})
  const id = first.kind === 'done' ? (first.value.transactions[0]?.id ?? 1) : 1
  const questions: Record<string, () => Promise<{ kind: string }>> = {
    home: () => cabinet.home({}),
    'transactions, the newest': list({}),
    'the oldest': list({ sort: 'at-up' }),
    'the largest sums': list({ sort: 'sum-down' }),
    'a terminal': list({ terminal: 'T3' }),
    'a day': list({ day: addDays(today, -100), dayTo: addDays(today, -100) }),
    declined: list({ result: 'declined' }),
    forgotten: list({ result: 'forgotten' }),
    'a code that there is none of': list({ code: '126' }),
    refunds: list({ kind: 'refund' }),
    reversals: list({ kind: 'reversal' }),
    'a card': list({ card: '4242' }),
    'a card of a terminal': list({ card: '4242', terminal: 'T3' }),
    'a receipt': list({ receipt: 777 }),
    'a sum': list({ sum: 4242 }),
    'declined, the largest': list({ result: 'declined', sort: 'sum-down' }),
    'an RRN': list({ rrn: '000000000777' }),
    'a terminal’s business day': list({ terminal: 'T3', businessDay: 100 }),
    'a transaction': () => cabinet.transaction({ id }),
    'business days': () => cabinet.businessDays({ limit: 50 }),
    'a business day': () => cabinet.businessDay({ terminal: 'T3', day: 100 }),
    'statistics of 30 days': () => cabinet.statistics({}),
    'statistics of a year': () => cabinet.statistics({ from: addDays(today, -364), to: today }),
  }
  const found: OfficeFigures['pages'] = []
  for (const [name, ask] of Object.entries(questions)) {
    const look = async () => {
      const answer = await ask()
      if (answer.kind !== 'done') throw new Error(`${name}: ${JSON.stringify(answer)}`)
    }
    await look()
    const used = process.cpuUsage()
    const measured = await oneByOne(LOOKS, look)
    found.push({ name, measured, processorMs: processorMs(used) / LOOKS })
  }
  return found
}
