import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { acquirerFeedApi } from '#core/api/acquirer-feed.ts'
import { client, type Send, type SentAnswer } from '#core/api/client.ts'
import { totalsOf } from '#core/card/business-day.ts'
import { openAcquirer } from '#services/acquirer/app.ts'
import { sowAcquirer } from '#services/acquirer/seed.ts'
import { silentLog } from '#services/runtime/log.ts'
import type { Postgres } from '#services/runtime/sql.ts'
import { believesOperator, operatorKey } from '#shop/enrolment.ts'
import { aBankCard, aBankTerminal, type Ground as BankGround, newId, secrets } from '#test/bank.ts'
import { aClock } from '#test/fixtures.ts'
import { newPostgres } from '#test/server-postgres.ts'
import { openOffice } from './app.ts'
import { provenBank } from './feed.ts'

// The real bank and the real office, with the wire between them.

const clock = aClock()
let bank: BankGround
let db: Postgres
before(async () => {
  const own = await newPostgres('acquirer')
  const log = silentLog
  bank = { db: own, clock, bank: await openAcquirer({ db: own, clock, log, secrets }) }
  db = await newPostgres('office')
})
after(async () => {
  await bank.db.close()
  await db.close()
})

const sendTo =
  (token: string): Send =>
  async ({ method, path }) => {
    const headers = { authorization: `Bearer ${token}` }
    const response = await bank.bank.app.request(path, { method, headers })
    return { status: response.status, body: await response.text() }
  }
const plainly: Send = async ({ method, path, headers = {} }) => {
  const response = await bank.bank.app.request(path, { method, headers })
  const { status } = response
  return { status, body: await response.text(), headers: Object.fromEntries(response.headers) }
}
const toBank = provenBank(plainly, () => secrets.feed)

const office = (over: Postgres, send: Send = toBank) =>
  openOffice({
    db: over,
    clock,
    log: silentLog,
    key: operatorKey,
    verify: believesOperator,
    takesDemoPayments: true,
    bank: send,
  })

/** Pulls until the bank has no more to tell. */
async function caughtUp(over = db, send = toBank): Promise<void> {
  const { pull } = await office(over, send)
  assert.ok(pull)
  while ((await pull()) === 0);
}

type Row = { operation: string; reversal: boolean; code: string; sum: number; unp: string }
const held = (of: string, over = db): Promise<Row[]> =>
  over.query(
    `select operation, reversal, code, sum, unp, masked, issuer, rrn, original
     from bank_transaction where terminal = $1 order by id`,
    [of],
  )

/** Each split of the turnover is what its transactions come to that the bank still knows. */
async function assertTurnover(over = db): Promise<void> {
  const counted = await over.query(
    `select split, sum(count)::int as count, sum(declined)::int as declined
     from turnover group by split order by split`,
  )
  const [all] = await over.query<object>(
    `select count(*)::int as count,
            (count(*) filter (where rrn is null and not reversal))::int as declined
     from bank_transaction where forgotten_at is null`,
  )
  const splits = ['code', 'hour', 'issuer', 'terminal']
  assert.deepEqual(
    counted,
    splits.map((split) => Object.assign({ split }, all)),
  )
}

const forgotten = async (): Promise<number> =>
  (await db.query('select from bank_transaction where forgotten_at is not null')).length

async function aMerchant(unp: string) {
  const terminal = await aBankTerminal(bank)
  const { merchant, serial, bank: name } = terminal
  const row = { terminal: terminal.terminal, merchant, serial, bank: name, unp }
  await sowAcquirer(bank.db, { terminals: [row], cards: [] }, secrets)
  return terminal
}

test('what the bank booked comes once, declined and reversed too, and no card number', async () => {
  const shop = await aMerchant('191000021')
  const card = await aBankCard(bank)
  const barred = await aBankCard(bank, { declines: '126' })
  const paid = await shop.charged(card.read, 500)
  const declined = shop.purchase({ card: barred.read })
  await shop.operate(declined)
  const back = await shop.operate({
    kind: 'refund',
    operation: newId(),
    sum: paid.sum,
    receipt: 3,
    original: paid.answer.rrn,
    card: null,
  })
  assert.equal(back.kind, 'approved')
  const lost = await shop.charged(card.read, 700)
  await shop.reverse(shop.undo(lost))
  await caughtUp()
  const rows = await held(shop.terminal)
  assert.deepEqual(
    rows.map(({ operation, reversal, code, sum, unp }) => [operation, reversal, code, sum, unp]),
    [
      [paid.operation, false, '000', 500, '191000021'],
      [declined.operation, false, '126', 1250, '191000021'],
      [rows[2]?.operation, false, '000', 500, '191000021'],
      [lost.operation, false, '000', 700, '191000021'],
      [lost.operation, true, '400', 700, '191000021'],
    ],
  )
  for (const { pan } of [card, barred]) {
    assert.ok(!JSON.stringify(rows).includes(pan))
    assert.ok(JSON.stringify(rows).includes(pan.slice(-4)), 'the mask is there')
  }
  await caughtUp()
  assert.equal((await held(shop.terminal)).length, 5)
  await assertTurnover()
})

test('a closed business day comes with both sides’ totals', async () => {
  const shop = await aMerchant('191000022')
  const card = await aBankCard(bank)
  const paid = await shop.charged(card.read, 900)
  await caughtUp()
  const own = totalsOf([
    { operation: paid.operation, kind: 'purchase', reversal: false, sum: paid.sum },
  ])
  const closed = await shop.close(1, Object.assign({}, own, { debits: { count: 2, sum: 1000 } }))
  assert.equal(closed.kind, 'differs')
  await caughtUp()
  const [day] = await db.query<{ code: string; bank: typeof own; terminal: typeof own }>(
    `select code, bank_totals as bank, terminal_totals as terminal from bank_day
     where terminal = $1`,
    [shop.terminal],
  )
  assert.deepEqual([day?.code, day?.bank, day?.terminal.debits.count], ['501', own, 2])
})

test('killed before or after any write, or unanswered, the office has each row once', async () => {
  const shop = await aMerchant('191000023')
  const card = await aBankCard(bank)
  for (let i = 0; i < 6; i++) await shop.charged(card.read, 100 + i)
  for (let at = 1; at <= 8; at++) {
    let passed = 0
    let isOpen = false
    const dies = () => {
      if (!isOpen) return
      passed += 1
      if (passed === at) throw new Error('killed')
    }
    const dying: Postgres = {
      query: db.query,
      close: db.close,
      transaction: async (work, pace) => {
        dies()
        const result = await db.transaction(async (sql) => {
          const done = await work(sql)
          dies()
          return done
        }, pace)
        dies()
        return result
      },
    }
    // Of two answers one is lost on its way.
    let asked = 0
    const losing: Send = async (request) => {
      const answer = await toBank(request)
      asked += 1
      return asked % 2 === 1 ? { lost: 'cut' } : answer
    }
    const few: Send = (request) =>
      losing(Object.assign({}, request, { path: request.path.replace('limit=1000', 'limit=2') }))
    await shop.charged(card.read, 200 + at)
    const { pull } = await office(dying, few)
    isOpen = true
    for (let turn = 0; turn < 8; turn++) await pull?.().catch(() => {})
  }
  await caughtUp()
  const rows = await held(shop.terminal)
  assert.equal(rows.length, 14)
  assert.equal(new Set(rows.map(({ operation }) => operation)).size, 14)
  await assertTurnover()
})

test('a bank that was put back is noticed, and nothing is lost or counted twice', async () => {
  const early = await newPostgres('acquirer')
  const present = bank
  const old = await openAcquirer({ db: early, clock, log: silentLog, secrets })
  await caughtUp()
  const [{ count } = { count: 0 }] = await db.query<{ count: number }>(
    'select count(*)::int as count from bank_transaction',
  )
  bank = { db: early, clock, bank: old }
  const shop = await aMerchant('191000024')
  const card = await aBankCard(bank)
  const paid = await shop.charged(card.read)
  await caughtUp()
  assert.deepEqual(
    (await held(shop.terminal)).map(({ operation }) => operation),
    [paid.operation],
  )
  const [after] = await db.query<{ count: number }>(
    'select count(*)::int as count from bank_transaction',
  )
  assert.equal(after?.count, count + 1, 'what it had told before stays')
  assert.equal((await db.query('select from bank_put_back')).length, 1)
  assert.equal(await forgotten(), count, 'what it does not tell again is marked')
  assert.deepEqual(
    (await db.query<{ at: number | null }>('select forgotten_at as at from bank_day')).map(
      ({ at }) => at !== null,
    ),
    [true],
  )
  await assertTurnover()
  bank = present
  await caughtUp()
  assert.equal((await db.query('select from bank_put_back')).length, 2)
  const [last] = await db.query<{ count: number }>(
    'select count(*)::int as count from bank_transaction',
  )
  assert.equal(last?.count, count + 1)
  assert.equal(await forgotten(), 1, 'the right backup was found: its own row is known to nobody')
  await assertTurnover()
  await early.close()
})

test('killed while it marks what the bank forgot, the office marks each row once', async () => {
  const shop = await aMerchant('191000025')
  const card = await aBankCard(bank)
  await shop.charged(card.read, 300)
  await caughtUp()
  const known = await forgotten()
  const present = bank
  const empty = await newPostgres('acquirer')
  const log = silentLog
  bank = { db: empty, clock, bank: await openAcquirer({ db: empty, clock, log, secrets }) }
  for (let at = 1; at <= 6; at++) {
    let passed = 0
    const dying: Postgres = {
      query: db.query,
      close: db.close,
      transaction: (work, pace) =>
        db.transaction(async (sql) => {
          const result = await work(sql)
          passed += 1
          if (passed === at) throw new Error('killed')
          return result
        }, pace),
    }
    const { pull } = await office(dying).catch(() => ({ pull: null }))
    for (let turn = 0; turn < 3; turn++) await pull?.().catch(() => {})
  }
  await caughtUp()
  assert.ok((await forgotten()) > known)
  const left = await db.query('select from bank_transaction where forgotten_at is null')
  assert.equal(left.length, 0, 'a bank that knows nothing has forgotten all')
  const [sums] = await db.query(
    'select sum(count)::int as count, sum(paid)::int as paid from turnover',
  )
  assert.deepEqual(sums, { count: 0, paid: 0 })
  bank = present
  await caughtUp()
  assert.equal(await forgotten(), known)
  await assertTurnover()
  await empty.close()
})

test('who stands in the bank’s place learns no secret, and is believed in nothing', async () => {
  const shop = await aMerchant('191000044')
  await shop.charged((await aBankCard(bank)).read, 700)
  await caughtUp()
  const before = await db.query('select count(*) n from bank_transaction')
  const lost = await forgotten()
  await shop.charged((await aBankCard(bank)).read, 800)
  const told: Record<string, string>[] = []
  const bent = (bend: (answer: SentAnswer, at: number) => SentAnswer): Send => {
    let at = 0
    return provenBank(
      async (request) => {
        told.push(Object.assign({}, request.headers))
        const answer = await plainly(request)
        at += 1
        return 'status' in answer ? bend(answer, at) : answer
      },
      () => secrets.feed,
    )
  }
  const older: SentAnswer[] = []
  const bends: ((answer: SentAnswer) => SentAnswer)[] = [
    (answer) => Object.assign({}, answer, { headers: {} }),
    (answer) => Object.assign({}, answer, { body: answer.body.replace('800', '900') }),
    ({ headers = {} }) => ({
      status: 200,
      body: '{"known":false,"items":[],"cursor":null,"at":1}',
      headers,
    }),
    (answer) => {
      older.push(answer)
      return older[0] === answer ? Object.assign({}, answer, { status: 203 }) : (older[0] ?? answer)
    },
  ]
  for (const bend of bends) {
    const { pull } = await office(db, bent(bend))
    assert.ok(pull)
    assert.ok((await pull()) > 0 && (await pull()) > 0, 'nobody answers')
    assert.deepEqual(await db.query('select count(*) n from bank_transaction'), before)
  }
  assert.equal(await forgotten(), lost)
  assert.ok(told.length >= 8)
  for (const headers of told) assert.ok(!JSON.stringify(headers).includes(secrets.feed))
  await caughtUp()
  assert.notDeepEqual(await db.query('select count(*) n from bank_transaction'), before)
})

test('the feed is told to whoever holds its secret, which opens nothing else', async () => {
  const ask = (send: Send) => client(acquirerFeedApi, send).feed({ limit: 1 })
  assert.equal((await ask(toBank)).kind, 'done')
  assert.equal((await ask(sendTo(secrets.feed))).kind, 'done', 'an office of before carries it')
  const stranger = await ask(sendTo('guess'))
  assert.equal(stranger.kind === 'refused' && stranger.code, 'session.required')
  assert.equal((await ask(provenBank(plainly, () => 'guess'))).kind, 'unknown')
  for (const path of ['/api/transactions', '/api/decline', '/api/terminals/T1/days']) {
    const answer = await sendTo(secrets.feed)({ method: 'GET', path })
    assert.equal('status' in answer && answer.status, 401, path)
  }
})
