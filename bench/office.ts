import { acquirerFeedApi, FEED_PAGE } from '#core/api/acquirer-feed.ts'
import { client, type Send } from '#core/api/client.ts'
import { officeCabinetApi } from '#core/api/office-cabinet.ts'
import { addDays } from '#core/billing/calendar.ts'
import { DAY, minskDay, SECOND } from '#core/time.ts'
import { openAcquirer } from '#services/acquirer/app.ts'
import { sowAcquirer } from '#services/acquirer/seed.ts'
import { openOffice } from '#services/office/app.ts'
import { provenBank } from '#services/office/feed.ts'
import { sowOffice } from '#services/office/seed.ts'
import { heldCursor } from '#services/office/store/feed.ts'
import type { Clock } from '#services/runtime/clock.ts'
import { silentLog } from '#services/runtime/log.ts'
import { openPostgres } from '#services/runtime/postgres.ts'
import type { Postgres } from '#services/runtime/sql.ts'
import { believesOperator, operatorKey } from '#shop/enrolment.ts'
import { startPostgres } from '../scripts/postgres.ts'
import { type Measured, oneByOne } from './measure.ts'

const LOOKS = 20
const FED = 50_000
export const UNP = '191000001'
const DAYS = 365
const TERMINALS = 10
const ACCOUNT = { email: 'own@bench.by', password: 'bench' }

/** Transactions a second, and milliseconds of this process's processor for each. */
type Rate = { perSecond: number; processorMs: number }
export type OfficeFigures = {
  transactions: number
  /** The feed taken in, and only read from the bank. */
  takenIn: Rate
  read: Rate
  pages: { name: string; measured: Measured; processorMs: number }[]
}

/** The office in this process on a PostgreSQL of its own, with one merchant of so many rows. */
export async function officeFigures(transactions: number): Promise<OfficeFigures> {
  const server = await startPostgres()
  const db = await openPostgres({ url: server.url })
  const now = Date.now()
  const clock = { now: () => now, elapsed: () => performance.now() }
  const bank = await aBank(server.url, clock)
  const { app, pull } = await openOffice({
    db,
    clock,
    log: silentLog,
    key: operatorKey,
    verify: believesOperator,
    takesDemoPayments: false,
    bank: bank.send,
  })
  const of = { unp: UNP, company: 'Bench', number: 'B1', concludedAt: now }
  const accounts = [Object.assign({ contract: 'B1' }, ACCOUNT)]
  await sowOffice(db, { tariffs: [], contracts: [of], equipment: [], accounts })
  await fill(db, { transactions, now })
  await bank.trade()
  const takenIn = await rateOf(async () => {
    while ((await pull?.()) === 0);
  })
  await bank.trade()
  const held = await heldCursor(db)
  const read = await rateOf(() => readAll(bank.send, held))
  await db.transaction((sql) => sql.query('analyze'), { unhurried: true })
  const pages = await looks(app.request.bind(app) as Request, now)
  await db.close()
  await bank.db.close()
  server.stop()
  return { transactions, takenIn, read, pages }
}

type Request = (path: string, how: object) => Promise<Response>

const processorMs = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** A bank over a database of its own on the same server, in this process as well. */
async function aBank(server: string, clock: Clock) {
  const admin = await openPostgres({ url: server })
  await admin.query('create database bank')
  await admin.close()
  const url = new URL(server)
  url.pathname = '/bank'
  const db = await openPostgres({ url: url.href })
  const secrets = { cardKey: 'cards', terminalKeys: 'keys', token: 'token', feed: 'feed' }
  const { app } = await openAcquirer({ db, clock, log: silentLog, secrets })
  const terminals = Array.from({ length: TERMINALS }, (_, n) => ({
    terminal: `T${n}`,
    merchant: 'M1',
    unp: UNP,
    serial: `PE${n}`,
    bank: 'Bench',
  }))
  await sowAcquirer(db, { terminals, cards: [] }, secrets)
  const send: Send = async ({ method, path, headers = {} }) => {
    const answer = await app.request(path, { method, headers })
    const told = Object.fromEntries(answer.headers)
    return { status: answer.status, body: await answer.text(), headers: told }
  }
  let booked = 0
  /** A day of trade that nobody has read yet. */
  const trade = async () => {
    await db.transaction(
      async (sql) => {
        await sql.query(
          `insert into entry(terminal, position, merchant, operation, reversal, kind, at, day,
             receipt, masked, issuer, asked, sum, code, rrn, auth, stan)
           select 'T' || n % ${TERMINALS}, $2::integer + n, 'M1', gen_random_uuid()::text, false,
             'purchase', $1::bigint - n % 86400 * 1000, 400, n,
             '411111******' || lpad((n % 10000)::text, 4, '0'),
             'Bank ' || n % 7, 100, 100 + n % 9000, case when n % 20 = 0 then '116' else '000' end,
             case when n % 20 > 0 then lpad(n::text, 12, '0') end,
             case when n % 20 > 0 then '060914' end, n
           from generate_series(1, ${FED}) n`,
          [clock.now(), booked],
        )
        await sql.query(
          `insert into unfed(terminal, position)
           select 'T' || n % ${TERMINALS}, $1::integer + n from generate_series(1, ${FED}) n`,
          [booked],
        )
      },
      { unhurried: true },
    )
    booked += FED
  }
  return { db, send: provenBank(send, () => secrets.feed), trade }
}

/** Reads what the bank has behind a cursor and does nothing with it. */
async function readAll(send: Send, after: string | null): Promise<void> {
  const api = client(acquirerFeedApi, send)
  for (let cursor = after; ; ) {
    const answer = await api.feed({ after: cursor ?? undefined, limit: FEED_PAGE })
    if (answer.kind !== 'done') throw new Error(JSON.stringify(answer))
    cursor = answer.value.cursor
    if (answer.value.items.length < FEED_PAGE) return
  }
}

/** Of so many transactions: how many a second, and this process's processor for each. */
async function rateOf(work: () => Promise<unknown>): Promise<Rate> {
  const [began, used] = [performance.now(), process.cpuUsage()]
  await work()
  const tookMs = performance.now() - began
  return { perSecond: (FED / tookMs) * SECOND, processorMs: processorMs(used) / FED }
}

/**
 * A year's trade past the feed: rows, what tills say of them, their turnover, business days. What a
 * row is has nothing to do with when it was, or an index would find in one place what lies apart.
 */
export async function fill(
  db: Postgres,
  { transactions, now }: { transactions: number; now: number },
) {
  const by = (salt: number, of: number) => `((hashint4extended(n, ${salt}) & 2147483647) % ${of})`
  const row = `select n, 'T' || ${by(1, TERMINALS)} as terminal, gen_random_uuid() as operation,
      $1::bigint - (n::bigint * ${DAYS * DAY} / ${transactions})::bigint as at,
      ${by(2, 20)} = 0 as declined, ${by(3, 1000)} = 0 as reversal, ${by(4, 50)} = 0 as refund,
      -- One in twenty is a cup of coffee.
      case when ${by(5, 20)} = 0 then 350 else 100 + ${by(6, 9_000)} end as sum,
      lpad(${by(7, 10_000)}::text, 4, '0') as card,
      ${DAYS} - ((n - 1)::bigint * ${DAYS} / ${transactions})::integer as day
    from generate_series(1, ${transactions}) n`
  await db.transaction(
    async (sql) => {
      await sql.query('set local synchronous_commit = off')
      await sql.query(
        `insert into bank_transaction(terminal, operation, reversal, unp, merchant, serial, bank,
           at, receipt, masked, issuer, sum, kind, code, rrn, auth, original, day)
         select terminal, operation, reversal, '${UNP}', 'M1', 'PE' || substr(terminal, 2),
           'Bench', at, n % 100000 + 1, '411111******' || card, 'Bank ' || n % 7, sum,
           case when refund then 'refund' else 'purchase' end,
           case when reversal then '400' when declined then '116' else '000' end,
           case when reversal or declined then null else lpad(n::text, 12, '0') end, '060914',
           null, day
         from (${row}) made`,
        [now],
      )
      await sql.query(
        `insert into till_word(unp, operation, serial, terminal, kind, at, receipt, sum, state,
           device, number, uid, document_at, taken_at, disagrees)
         select unp, operation, serial, terminal, kind, at, receipt, sum,
           case when rrn is null then 'failed' else 'registered' end, serial, id,
           lpad(id::text, 24, '0'), at, at,
           case when id % 5000 = 0 and rrn is not null then 'other-sum' end
         from bank_transaction where not reversal`,
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
  const hundredth = addDays(today, -100)
  const first = await cabinet.transactions({})
  const id = first.kind === 'done' ? (first.value.transactions[0]?.id ?? 1) : 1
  const questions: Record<string, () => Promise<{ kind: string }>> = {
    home: () => cabinet.home({}),
    'transactions, the newest': list({}),
    'the oldest': list({ sort: 'at-up' }),
    'the largest sums': list({ sort: 'sum-down' }),
    'a terminal': list({ terminal: 'T3' }),
    'a day': list({ day: hundredth, dayTo: hundredth }),
    declined: list({ result: 'declined' }),
    forgotten: list({ result: 'forgotten' }),
    disagreeing: list({ result: 'disagrees' }),
    'a code that there is none of': list({ code: '126' }),
    refunds: list({ kind: 'refund' }),
    reversals: list({ kind: 'reversal' }),
    'a card': list({ card: '4242' }),
    'a card of a terminal': list({ card: '4242', terminal: 'T3' }),
    'a receipt': list({ receipt: 777 }),
    'a sum': list({ sum: 4242 }),
    'declined, the largest': list({ result: 'declined', sort: 'sum-down' }),
    'a day, the largest': list({ day: hundredth, dayTo: hundredth, sort: 'sum-down' }),
    'a month, the largest': list({ day: hundredth, dayTo: addDays(today, -70), sort: 'sum-down' }),
    'a coffee': list({ sum: 350 }),
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
