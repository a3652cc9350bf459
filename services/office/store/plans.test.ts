import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import type { FedItem } from '#core/api/acquirer-feed.ts'
import { DAY } from '#core/time.ts'
import type { Postgres, Sql } from '#services/runtime/sql.ts'
import { newPostgres } from '#test/server-postgres.ts'
import { takePage } from './feed.ts'
import { prepareOfficeDb } from './holdings.ts'
import { transactionsOf, type WantedTransactions } from './transactions.ts'

// What a page of the feed or of «Транзакции» looks at hardly grows with what there is: told by the
// plans of a database with a year of one client's trade.

const UNP = '191000077'
const ROWS = 20_000
const DAYS = 365
const db = await newPostgres('office')
after(() => db.close())
await prepareOfficeDb(db)

/** Kinds, sums and terminals have nothing to do with when a row was, nor with each other. */
const drawn = (salt: number, of: number) => `((hashint4extended(n, ${salt}) & 2147483647) % ${of})`
await db.query(
  `insert into bank_transaction(terminal, operation, reversal, unp, merchant, serial, bank, at,
     receipt, masked, issuer, sum, kind, code, rrn, auth, original, day)
   select 'T' || ${drawn(1, 10)}, gen_random_uuid(), reversal, '${UNP}', 'M1', 'PE1', 'Bank',
     n::bigint * ${(DAYS * DAY) / ROWS}, n,
     '411111******' || lpad(${drawn(2, 9_999)}::text, 4, '0'), 'Bank', 100 + ${drawn(3, 9_000)},
     case when ${drawn(4, 50)} = 0 then 'refund' else 'purchase' end,
     case when reversal then '400' when declined then '116' else '000' end,
     case when not reversal and not declined then lpad(n::text, 12, '0') end, null, null,
     1 + n * ${DAYS} / ${ROWS}
   from (select n, ${drawn(5, 20)} = 0 as declined, ${drawn(6, 1000)} = 0 as reversal
         from generate_series(1, ${ROWS}) n) made`,
)
await db.query(
  `insert into bank_terminal(unp, terminal, serial, bank)
   select '${UNP}', 'T' || n, 'PE' || n, 'Bank' from generate_series(0, 9) n`,
)
await db.query(
  `insert into till_word(unp, operation, serial, terminal, kind, at, receipt, sum, state, taken_at)
   select unp, gen_random_uuid(), serial, terminal, kind, at, receipt, sum, 'registered', at
   from bank_transaction, generate_series(1, 4)`,
)

const filters = {
  nothing: {},
  terminal: { terminal: 'T3' },
  'a day': { from: 100 * DAY, until: 101 * DAY },
  'a month': { from: 100 * DAY, until: 130 * DAY },
  declined: { result: 'declined' },
  approved: { result: 'approved' },
  forgotten: { result: 'forgotten' },
  disagrees: { result: 'disagrees' },
  'a code': { code: '116' },
  'a code that there is none of': { code: '126' },
  'the usual code': { code: '000' },
  refunds: { kind: 'refund' },
  purchases: { kind: 'purchase' },
  reversals: { kind: 'reversal' },
  card: { card: '4242' },
  receipt: { receipt: 777 },
  sum: { sum: 4242 },
  rrn: { rrn: '000000000777' },
  'a business day': { businessDay: 100 },
} satisfies Record<string, Partial<WantedTransactions>>

type Node = {
  'Relation Name'?: string
  'Node Type': string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: Node[]
}

/** Rows of tables and indexes that a plan has come upon. */
function lookedAt(node: Node): number {
  const below = (node.Plans ?? []).reduce((sum, each) => sum + lookedAt(each), 0)
  if (!node['Node Type'].includes('Scan') || node['Node Type'] === 'Subquery Scan') return below
  const removed =
    (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
  return below + (node['Actual Rows'] + removed) * node['Actual Loops']
}

/** Rows that a page comes upon. */
async function costOf(wanted: Partial<WantedTransactions>): Promise<number> {
  let cost = 0
  const planning: Sql = {
    query: async (text, values) => {
      const plans = await db.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(
        `explain (analyze, timing off, format json) ${text}`,
        values,
      )
      cost = lookedAt(plans[0]?.['QUERY PLAN'][0].Plan ?? assert.fail('there is a plan'))
      return []
    },
  }
  const asked = Object.assign({ sort: 'at-down', before: undefined }, wanted)
  await transactionsOf(planning, UNP, { wanted: asked as WantedTransactions, limit: 51 })
  return cost
}

/** Of the entries of an index: two of them may be held against each other. */
const ENOUGH = 4_000

/** A database that plans what it does before, and remembers what was gone through whole. */
function planning(scanned: Set<string>): Postgres {
  const over =
    (sql: Sql): Sql['query'] =>
    async (text, values) => {
      const [row] = await sql.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(
        `explain (format json) ${text}`,
        values,
      )
      for (const name of scannedIn(row?.['QUERY PLAN'][0].Plan ?? assert.fail('there is a plan'))) {
        scanned.add(`${name}: ${text.trim().split('\n')[0]}`)
      }
      return sql.query(text, values)
    }
  return Object.assign({}, db, {
    query: over(db),
    transaction: (work: (sql: Sql) => Promise<unknown>) =>
      db.transaction((sql) => work({ query: over(sql) })),
  }) as Postgres
}

const LARGE = ['bank_transaction', 'till_word', 'turnover', 'day_sum']
function scannedIn(node: Node): string[] {
  const below = (node.Plans ?? []).flatMap(scannedIn)
  const { 'Relation Name': name = '' } = node
  return node['Node Type'] === 'Seq Scan' && LARGE.includes(name) ? [...below, name] : below
}

test('a page of the feed goes through no table, though nothing is known of its size', async () => {
  const scanned = new Set<string>()
  const fed = planning(scanned)
  const items = Array.from({ length: 1000 }, (_, n) => ({
    is: 'entry',
    terminal: `T${n % 10}`,
    serial: 'PE1',
    bank: 'Bank',
    merchant: 'M1',
    unp: UNP,
    operation: randomUUID(),
    reversal: false,
    at: DAYS * DAY + n,
    receipt: n,
    masked: null,
    issuer: null,
    sum: 100,
    kind: 'purchase',
    code: '000',
    rrn: String(n),
    auth: null,
    original: null,
    day: 400,
  })) as unknown as FedItem[]
  await takePage(fed, { items, after: null, cursor: '1.a' })
  assert.deepEqual([...scanned], [])
})

test('what a page costs is planned for a million rows', async () => {
  await db.query('analyze')
  // Planned as for a million of them, for that is when sorting what was found seems dear.
  await db.query(
    `update pg_class set reltuples = reltuples * 50 where relname like 'bank_transaction%'`,
  )
})

for (const sort of ['at-down', 'sum-down'] as const) {
  test(`a page by any two filters looks at few rows of them all: ${sort}`, async () => {
    const dear: string[] = []
    const names = Object.keys(filters) as (keyof typeof filters)[]
    for (const [place, one] of names.entries()) {
      for (const other of names.slice(place)) {
        const cost = await costOf(Object.assign({ sort }, filters[one], filters[other]))
        if (cost > ENOUGH) dear.push(`${one}, ${other}: ${cost}`)
      }
    }
    assert.deepEqual(dear, [])
  })
}
