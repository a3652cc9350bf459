import assert from 'node:assert/strict'
import { test } from 'node:test'
import { client } from '#core/api/client.ts'
import { officeApi } from '#core/api/office.ts'
import { officeCabinetApi } from '#core/api/office-cabinet.ts'
import { DAY } from '#core/time.ts'
import { silentLog } from '#services/runtime/log.ts'
import { sha256 } from '#services/runtime/secret.ts'
import type { Postgres } from '#services/runtime/sql.ts'
import { believesOperator, operatorKey } from '#shop/enrolment.ts'
import { aClock, NOW } from '#test/fixtures.ts'
import { newPostgres } from '#test/server-postgres.ts'
import { openOffice } from './app.ts'
import { sowOffice } from './seed.ts'
import { assertBooks, tariffs, visiting } from './suite-ground.ts'

// Two months of a client's life, the office killed before and after every transaction of it.

/** A database at whose nth boundary the process dies: what was committed stays. */
function dying(db: Postgres, at: number) {
  let passed = 0
  const boundary = () => {
    passed += 1
    if (passed >= at) throw new Error('killed')
  }
  const wrapped: Postgres = {
    query: db.query,
    transaction: async (work, pace) => {
      boundary()
      const result = await db.transaction(work, pace)
      boundary()
      return result
    },
    close: db.close,
  }
  return { db: wrapped, passed: () => passed }
}

const UNP = '191000002'
const staffEmail = 'staff@demo.by'

/** A client of its own for each life, whose sessions outlast the story. */
async function seedLife(db: Postgres, life: number) {
  const [number, serial, email] = [`N${life}`, `ZP${life}`, `${life}@demo.by`]
  await sowOffice(db, {
    tariffs,
    contracts: [{ number, unp: UNP, company: 'ООО', concludedAt: NOW }],
    equipment: [{ serial, contract: number }],
    accounts: [],
  })
  const account = `insert into account(email, role, contract, secret) values ($1, $2, $3, '')
                   on conflict do nothing`
  await db.query(account, [email, 'client', number])
  await db.query(account, [staffEmail, 'staff', null])
  for (const each of [email, staffEmail]) {
    const session = 'insert into session values ($1, $2, $3) on conflict do nothing'
    await db.query(session, [sha256(each), each, 2 ** 52])
  }
  return { life, number, serial, email }
}

type Life = Awaited<ReturnType<typeof seedLife>>

/** What is asked day by day; each of it is repeated by whoever got no answer. */
type Step = { day: number; ask: (office: Wires) => Promise<{ kind: string }> }
type Wires = Awaited<ReturnType<typeof wiresTo>>
const steps: Step[] = [
  {
    day: 0,
    ask: ({ staff, account, id }) => staff.payment({ id: id(1), account, sum: 9_000, note: 'x' }),
  },
  { day: 0, ask: (office) => office.order('month') },
  { day: 0, ask: ({ till }) => till() },
  { day: 66, ask: ({ till }) => till() },
  {
    day: 66,
    ask: ({ staff, account, id }) => staff.payout({ id: id(2), account, sum: 250, note: 'x' }),
  },
  { day: 100, ask: ({ settle }) => settle() },
  {
    day: 120,
    ask: ({ staff, account, id }) => staff.payment({ id: id(3), account, sum: 4_000, note: 'x' }),
  },
  { day: 121, ask: (office) => office.order('week') },
  { day: 130, ask: ({ till }) => till() },
]

const quotes = new Map<string, string>()

const portsOver = (db: Postgres, clock: ReturnType<typeof aClock>) => ({
  db,
  clock,
  log: silentLog,
  key: operatorKey,
  verify: believesOperator,
  takesDemoPayments: false,
})

async function wiresTo(db: Postgres, clock: ReturnType<typeof aClock>, of: Life) {
  const { app, settle } = await openOffice(portsOver(db, clock))
  const staff = client(officeCabinetApi, visiting(app, `zpos_office=${staffEmail}`))
  const own = client(officeCabinetApi, visiting(app, `zpos_office=${of.email}`))
  const contracts = await own.contracts({})
  const account = contracts.kind === 'done' ? (contracts.value.contracts[0]?.account ?? '') : ''
  const id = (n: number) => `0197a2b4-0000-7000-8000-${String(of.life * 10 + n).padStart(12, '0')}`
  return {
    staff,
    account,
    id,
    settle: async () => {
      await settle()
      return { kind: 'done' }
    },
    till: () =>
      client(officeApi, visiting(app)).lease({
        serial: of.serial,
        unp: UNP,
        version: '1',
        nonce: 'asked by the till',
      }),
    /** Whoever got no answer sends the order of the same price again. */
    order: async (tariff: string) => {
      const known = quotes.get(tariff)
      if (known !== undefined) return own.order({ quote: known, renews: true })
      const quote = await own.quote({ serial: of.serial, tariff })
      if (quote.kind !== 'done') return quote
      quotes.set(tariff, quote.value.id)
      return own.order({ quote: quote.value.id, renews: true })
    },
  }
}

/** Lives through the steps, killed at a boundary once; answers what the books hold at the end. */
async function live(real: Postgres, at: number): Promise<{ books: unknown; passed: number }> {
  quotes.clear()
  const clock = aClock()
  const of = await seedLife(real, at)
  const first = dying(real, at)
  let wires = await wiresTo(first.db, clock, of).catch(() => null)
  for (const { day, ask } of steps) {
    clock.advance(NOW + day * DAY - clock.now())
    const answer = wires ? await ask(wires).catch(() => null) : null
    if (answer?.kind === 'done') continue
    wires = await wiresTo(real, clock, of)
    const again = await ask(wires)
    assert.equal(again.kind, 'done', `${at} ${JSON.stringify(again)}`)
  }
  const { serial, number } = of
  const books = {
    entries: await real.query(
      `select kind, sum from entry join contract on contract.account = entry.account
       join posting on posting.entry = entry.id and posting.account like 'client:%'
       where contract.number = $1 order by entry.id`,
      [number],
    ),
    charges: await real.query('select run, k from charge where serial = $1 order by entry', [
      serial,
    ]),
    runs: await real.query(
      'select run, anchor, paid, ended_on from subscription where serial = $1 order by run',
      [serial],
    ),
    orders: await real.query(
      `select state from purchase join contract on contract.account = purchase.account
       where contract.number = $1 order by purchase.number`,
      [number],
    ),
  }
  return { books, passed: first.passed() }
}

test('killed at any transaction the office ends with the same books to the kopeck', async (t) => {
  const db = await newPostgres('office')
  await openOffice(portsOver(db, aClock()))
  const { books, passed } = await live(db, NEVER)
  assert.ok(passed > 20)
  t.diagnostic(`${passed} boundaries`)
  for (let at = 1; at <= passed; at++) {
    const killed = await live(db, at)
    assert.deepEqual(killed.books, books, `killed at boundary ${at}`)
  }
  await assertBooks(db)
  await db.close()
})

/** More boundaries than any life has. */
const NEVER = 9_999
