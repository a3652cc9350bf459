import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Send } from '#core/api/client.ts'
import { totalsOf } from '#core/card/business-day.ts'
import { openAcquirer } from '#services/acquirer/app.ts'
import { sowAcquirer } from '#services/acquirer/seed.ts'
import { silentLog } from '#services/runtime/log.ts'
import type { Postgres } from '#services/runtime/sql.ts'
import { believesOperator, operatorKey } from '#shop/enrolment.ts'
import { type Dice, openDice } from '#sim/dice.ts'
import { aBankCard, aBankTerminal, secrets, sendTo } from '#test/bank.ts'
import { aClock } from '#test/fixtures.ts'
import { newPostgres } from '#test/server-postgres.ts'
import { openOffice } from './app.ts'
import { provenBank } from './feed.ts'

// The real bank and the real office from a seed: both killed at any query, the wire losing and
// repeating what goes over it, the bank's store put back.

const UNP = '191000031'
const clock = aClock()

/** A database whose process dies before or after the nth query from now on; null: it lives. */
function mortal(db: Postgres) {
  const state = { left: null as number | null }
  const dies = () => {
    if (state.left === null) return
    state.left -= 1
    if (state.left <= 0) throw new Error('killed')
  }
  const over = (query: Postgres['query']): Postgres['query'] => {
    return async (text, values) => {
      dies()
      return query(text, values)
    }
  }
  const own: Postgres = {
    query: over(db.query),
    close: db.close,
    transaction: async (work, pace) => {
      const result = await db.transaction((sql) => work({ query: over(sql.query) }), pace)
      dies()
      return result
    },
  }
  return { db: own, state }
}

async function aWorld(dice: Dice) {
  const bankDb = await newPostgres('acquirer')
  const bankLife = mortal(bankDb)
  const ports = { clock, log: silentLog, secrets }
  const bank = { now: await openAcquirer(Object.assign({ db: bankLife.db }, ports)) }
  const steady = {
    db: bankDb,
    clock,
    bank: await openAcquirer(Object.assign({ db: bankDb }, ports)),
  }
  const terminals = []
  for (let n = 0; n < 2; n += 1) {
    const made = await aBankTerminal(steady)
    const { terminal, merchant, serial, bank: name } = made
    const row = { terminal, merchant, serial, bank: name, unp: UNP }
    await sowAcquirer(bankDb, { terminals: [row], cards: [] }, secrets)
    terminals.push(made)
  }
  const card = await aBankCard(steady)
  const barred = await aBankCard(steady, { declines: '126' })
  const db = await newPostgres('office')
  const officeLife = mortal(db)
  const wire = { loses: 0, few: false }
  const send: Send = async (request) => {
    if (dice.chance(wire.loses)) return { unsent: 'cut' }
    const answer = await sendTo({ bank: bank.now })(request)
    // What a kill leaves of an answer is none.
    if (bankLife.state.left !== null && bankLife.state.left <= 0) return { lost: 'killed' }
    if (dice.chance(wire.loses)) return { lost: 'cut' }
    return answer
  }
  const proven = provenBank(send, () => secrets.feed)
  /** Of a page as small as may be, so that there are many. */
  const paged: Send = ({ method, path }) => {
    const asked = wire.few ? path.replace('limit=1000', `limit=${dice.int(1, 3)}`) : path
    return proven({ method, path: asked })
  }
  const open = (over: Postgres) =>
    openOffice({
      db: over,
      clock,
      log: silentLog,
      key: operatorKey,
      verify: believesOperator,
      takesDemoPayments: false,
      bank: paged,
    })
  const office = { now: await open(officeLife.db) }
  /** Whoever died is started again over what was committed. */
  const revive = async () => {
    officeLife.state.left = null
    bankLife.state.left = null
    bank.now = await openAcquirer(Object.assign({ db: bankLife.db }, ports))
    office.now = await open(officeLife.db)
  }
  return { dice, bankDb, bankLife, db, officeLife, wire, terminals, card, barred, office, revive }
}

type World = Awaited<ReturnType<typeof aWorld>>

const tables = ['entry', 'business_day', 'unfed', 'feed'] as const

/** The bank's store as it stands; what comes back puts it there again. */
async function copyOfBank({ query }: Postgres): Promise<() => Promise<void>> {
  const rows = new Map<string, string>()
  for (const table of [...tables, 'terminal', 'card']) {
    const [row] = await query<{ all: string }>(
      `select coalesce(json_agg(t), '[]')::text as all from ${table} t`,
    )
    rows.set(table, row?.all ?? '[]')
  }
  return async () => {
    for (const table of tables.toReversed()) await query(`delete from ${table}`)
    await query(
      `update terminal t set day = old.day, position = old.position
       from json_populate_recordset(null::terminal, $1::json) old where old.terminal = t.terminal`,
      [rows.get('terminal')],
    )
    await query(
      `update card t set balance = old.balance
       from json_populate_recordset(null::card, $1::json) old where old.card = t.card`,
      [rows.get('card')],
    )
    for (const table of tables) {
      await query(
        `insert into ${table} overriding system value
         select * from json_populate_recordset(null::${table}, $1::json)`,
        [rows.get(table)],
      )
    }
    await query(
      `select setval(pg_get_serial_sequence('feed', 'number'),
                     (select coalesce(max(number), 0) + 1 from feed), false)`,
    )
  }
}

const steps = {
  sell: 6,
  decline: 2,
  undo: 2,
  refund: 2,
  close: 1,
  pull: 8,
  kill: 4,
  copy: 1,
  back: 1,
}

async function step(world: World, backup: { back: (() => Promise<void>) | null }): Promise<void> {
  const { dice, terminals, card, barred, wire, office, bankLife, officeLife, revive } = world
  const shop = dice.any(terminals) ?? assert.fail()
  const kind = dice.weighted(steps)
  switch (kind) {
    case 'sell':
      for (let n = dice.int(1, 4); n > 0; n -= 1) await shop.charged(card.read, dice.int(1, 900))
      return
    case 'decline':
      await shop.operate(shop.purchase({ card: barred.read }))
      return
    case 'undo':
      await shop.reverse(shop.undo(await shop.charged(card.read)))
      return
    case 'refund': {
      const { answer, sum } = await shop.charged(card.read)
      const of = { kind: 'refund' as const, original: answer.rrn, sum }
      await shop.operate(shop.purchase(Object.assign({ card: null }, of)))
      return
    }
    case 'close':
      await shop.close(dice.int(1, 3), totalsOf([]))
      return
    case 'pull':
      Object.assign(wire, { loses: dice.pick([0, 0.3]), few: dice.chance(0.5) })
      // Two that pull at once take no page twice.
      await Promise.allSettled(dice.chance(0.3) ? [pull(office), pull(office)] : [pull(office)])
      return
    case 'kill': {
      const life = dice.pick([bankLife, officeLife])
      life.state.left = dice.int(1, 14)
      for (let n = 0; n < 3; n += 1) await pull(office).catch(() => {})
      await revive()
      return
    }
    case 'copy':
      backup.back = await copyOfBank(world.bankDb)
      return
    case 'back':
      await backup.back?.()
      return
    default:
      kind satisfies never
  }
}

const pull = async (office: World['office']): Promise<number> => (await office.now.pull?.()) ?? 0

/** Every row that the bank has, once; nothing else but what it forgot; sums that are its rows'. */
async function assertWhole({ bankDb, db }: World, said: string): Promise<void> {
  const keys = `select terminal, operation, reversal, sum, code, day from`
  const order = 'order by terminal, operation, reversal'
  const booked = await bankDb.query(`${keys} entry ${order}`)
  const known = await db.query(`${keys} bank_transaction where forgotten_at is null ${order}`)
  assert.deepEqual(known, booked, said)
  await assertSums(db, said)
}

/** The projections are what the rows come to. */
async function assertSums(db: Postgres, said: string): Promise<void> {
  const columns = 'terminal, day, unp, kind, reversal'
  const held = await db.query(
    `select ${columns}, forgotten, count, sum from day_sum where count <> 0
     order by ${columns}, forgotten`,
  )
  const made = await db.query(
    `select ${columns}, forgotten_at is not null as forgotten, count(*)::integer as count,
            sum(sum)::bigint as sum
     from bank_transaction where rrn is not null or reversal
     group by ${columns}, forgotten_at is not null order by ${columns}, forgotten`,
  )
  assert.deepEqual(held, made, `${said}: sums of days`)
  const sums = `split, value, sum(count)::integer as count, sum(paid)::bigint as paid,
                sum(back)::bigint as back`
  const months = await db.query(
    `select month, ${sums} from turnover_month group by month, split, value order by 1, 2, 3`,
  )
  const days = await db.query(
    `select left(day, 7) as month, ${sums} from turnover group by 1, split, value order by 1, 2, 3`,
  )
  assert.deepEqual(months, days, `${said}: months`)
  const [trade] = await db.query<object>(
    `select coalesce(sum(count), 0)::integer as count,
            coalesce(sum(declined), 0)::integer as declined from turnover where split = 'code'`,
  )
  const [rows] = await db.query<object>(
    `select count(*)::integer as count,
            (count(*) filter (where rrn is null and not reversal))::integer as declined
     from bank_transaction where forgotten_at is null`,
  )
  assert.deepEqual(trade, rows, `${said}: turnover`)
}

const STEPS = 40

for (const seed of [1, 2]) {
  test(`each transaction comes once, all of them, whatever befalls: seed ${seed}`, async () => {
    const world = await aWorld(openDice(seed))
    const backup = { back: null }
    for (let n = 0; n < STEPS; n += 1) {
      clock.advance(world.dice.int(1, 3_600_000))
      await step(world, backup)
      if (n % 5 === 4) await assertSums(world.db, `step ${n}`)
    }
    Object.assign(world.wire, { loses: 0, few: false })
    await world.revive()
    for (let n = 0; n < 5; n += 1) await pull(world.office)
    await assertWhole(world, `seed ${seed}`)
    await world.db.close()
    await world.bankDb.close()
  })
}
