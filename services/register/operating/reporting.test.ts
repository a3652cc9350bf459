import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { client, type Send } from '#core/api/client.ts'
import { officeApi } from '#core/api/office.ts'
import { officeCabinetApi } from '#core/api/office-cabinet.ts'
import { tillReportText, tillWordOf } from '#core/card/till-report.ts'
import { HOUR, MINUTE } from '#core/time.ts'
import { openOffice } from '#services/office/app.ts'
import { sowOffice } from '#services/office/seed.ts'
import { heldPlace } from '#services/office/store/till-words.ts'
import { tariffs, visiting } from '#services/office/suite-ground.ts'
import { newDeviceKey, publicHalf, signText } from '#services/runtime/device-keys.ts'
import { silentLog } from '#services/runtime/log.ts'
import type { Postgres } from '#services/runtime/sql.ts'
import { believesOperator, newKey, operatorKey, TERMINAL } from '#shop/enrolment.ts'
import { aClock } from '#test/fixtures.ts'
import { newPostgres } from '#test/server-postgres.ts'
import { goods, issuer, openTill, type Till } from '#test/till.ts'
import { openOperations } from '../memory/operations.ts'
import { openRegisterStore } from '../memory/store.ts'

// A till, its bank, its operator and the office, all real: what an owner reads of an operation.

const SERIAL = 'ZP1'
const EMAIL = 'owner@demo.by'

async function aShop() {
  const clock = aClock()
  const db = await newPostgres('office')
  const way: { toOffice: Send; fromBank: Send | null } = {
    toOffice: async () => ({ unsent: 'no office' }),
    fromBank: null,
  }
  const office = { send: (request) => way.toOffice(request), serial: SERIAL } as {
    send: Send
    serial: string
  }
  const till = await openTill(null, newKey(), Object.assign({ keys: believesOperator }, office))
  const open = (over: Postgres = db) =>
    openOffice({
      db: over,
      clock,
      log: silentLog,
      key: operatorKey,
      verify: believesOperator,
      believesOperator,
      takesDemoPayments: true,
      bank: till.bank.feedWire,
    })
  const present = { office: await open() }
  way.toOffice = (request) => visiting(present.office.app)(request)
  const { unp, company } = issuer
  await sowOffice(db, {
    tariffs,
    contracts: [{ number: 'N1', unp, company, concludedAt: clock.now() }],
    equipment: [{ serial: SERIAL, contract: 'N1' }],
    accounts: [
      { email: EMAIL, password: 'demo', contract: 'N1' },
      { email: 'staff@demo.by', password: 'demo', role: 'staff' },
    ],
  })
  const staff = client(officeCabinetApi, visiting(present.office.app))
  await staff.signIn({ email: 'staff@demo.by', password: 'demo' })
  const payment = { id: randomUUID(), account: '10000001', sum: 50_000, note: 'x' }
  assert.equal((await staff.payment(payment)).kind, 'done')
  await staff.subscribe({ serial: SERIAL, tariff: 'year', renews: true })
  const cabinet = client(officeCabinetApi, visiting(present.office.app))
  assert.equal((await cabinet.signIn({ email: EMAIL, password: 'demo' })).kind, 'done')
  /** Everything the bank has booked is at the office. */
  const pull = async () => {
    while ((await present.office.pull?.()) === 0);
  }
  const page = async (operation: string) => {
    const [row] = await db.query<{ id: number }>(
      'select id from bank_transaction where operation = $1 and not reversal',
      [operation],
    )
    const answer = row && (await cabinet.transaction({ id: row.id }))
    return answer?.kind === 'done' ? answer.value : null
  }
  const home = async () => {
    const answer = await cabinet.home({})
    return answer.kind === 'done' ? answer.value : assert.fail(answer.kind)
  }
  return { clock, db, till, way, present, open, cabinet, pull, page, home }
}

const byCard = (sum: number) => ({ ...goods(sum), payments: [{ means: 'card', sum }] })

/** Until the till has nothing more to tell. */
async function reported(till: Till): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) if ((await till.report()) >= MINUTE) return
  assert.fail('a till comes to an end of telling')
}

test('an owner reads what till, operator and bank say of an operation', async () => {
  const { till, pull, page, home } = await aShop()
  await till.begin('shift-opening')
  const { body: sold } = await till.begin('sale', byCard(500))
  assert.equal(sold.state, 'registered')
  await pull()
  const unheard = await page(sold.id)
  assert.deepEqual([unheard?.agreement, unheard?.till], ['unheard', null])
  await reported(till)
  const told = await page(sold.id)
  const document = till.device.last()
  assert.equal(told?.agreement, 'agrees')
  assert.deepEqual(
    [told?.till?.state, told?.till?.document?.number, told?.till?.document?.uid],
    ['registered', document?.document.number, document?.uid],
  )
  assert.equal(told?.till?.storedAt, null, 'nobody has shown that the operator has it')
  await till.deliver()
  await till.watch()
  await reported(till)
  assert.notEqual((await page(sold.id))?.till?.storedAt, null)
  assert.deepEqual((await home()).parted, [])
})

test('money without a document, and a document without money, are told plainly', async () => {
  const { clock, db, till, pull, page, home, cabinet } = await aShop()
  await till.begin('shift-opening')
  const { body: sold } = await till.begin('sale', byCard(500))
  const { body: barred } = await till.begin('sale', byCard(700))
  await pull()
  await reported(till)
  // A bank that moved money for a receipt that failed, and forgot what it had approved.
  await db.query(
    'update till_word set state = $2, device = null, number = null where operation = $1',
    [barred.id, 'failed'],
  )
  await db.query('delete from bank_transaction where operation = $1', [sold.id])
  await db.query('update till_journal set hash = $1', ['0'.repeat(64)])
  // Told again from the beginning by the till itself: its own word counts.
  await till.restart()
  await reported(till)
  assert.equal((await page(barred.id))?.agreement, 'agrees')
  assert.deepEqual((await home()).parted, [], 'the bank was asked before the till told')
  clock.advance(2 * MINUTE)
  await pull()
  assert.deepEqual(
    (await home()).parted.map(({ how, sum, transaction }) => [how, sum, transaction]),
    [['no-money', 500, null]],
  )
  await db.query("update bank_transaction set rrn = null, code = '126' where operation = $1", [
    barred.id,
  ])
  await db.query('update till_journal set hash = $1', ['0'.repeat(64)])
  await till.restart()
  await reported(till)
  const parted = await page(barred.id)
  assert.deepEqual([parted?.agreement, parted?.transaction.disagrees], ['no-money', 'no-money'])
  const list = await cabinet.transactions({ result: 'disagrees' })
  assert.deepEqual(
    list.kind === 'done' && list.value.transactions.map(({ operation }) => operation),
    [barred.id],
  )
})

test('whichever of bank and till tells first, the same comes of it', async () => {
  const { till, pull, page, db } = await aShop()
  await till.begin('shift-opening')
  const { body: sold } = await till.begin('sale', byCard(500))
  await reported(till)
  const [word] = await db.query<{ disagrees: string }>('select disagrees from till_word')
  assert.equal(word?.disagrees, 'no-money', 'of what the bank has not told yet')
  await pull()
  assert.equal((await page(sold.id))?.agreement, 'agrees')
})

test('a report counts by the till’s own key, for its own contract alone', async () => {
  const { db, till, way, clock } = await aShop()
  await till.begin('shift-opening')
  await till.begin('sale', byCard(500))
  await reported(till)
  const api = client(officeApi, way.toOffice)
  const held = await heldPlace(db, SERIAL)
  const stranger = newDeviceKey()
  const reportBy = (key: string, change: object = {}) => {
    const report = {
      serial: SERIAL,
      unp: issuer.unp,
      terminal: TERMINAL.terminal,
      after: held,
      upTo: { seq: 999, hash: 'f'.repeat(64) },
      words: [],
      stored: null,
      at: clock.now(),
    }
    const told = Object.assign({}, report, { says: 'report' as const }, change)
    return api.report({
      report: told,
      key: publicHalf(key),
      signature: signText(key, tillReportText(told)),
    })
  }
  const codeOf = (answer: { kind: string; code?: string }) => answer.code ?? answer.kind
  assert.equal(codeOf(await reportBy(stranger)), 'report.unproven', 'another till’s key')
  assert.equal(codeOf(await reportBy(stranger, { unp: '190275968' })), 'report.unproven')
  assert.equal(codeOf(await reportBy(stranger, { serial: 'NO SUCH' })), 'report.unproven')
  assert.deepEqual(await heldPlace(db, SERIAL), held)
})

test('killed anywhere, unanswered or put back, each word is there once and right', async () => {
  const { db, till, way, open } = await aShop()
  await till.begin('shift-opening')
  await till.begin('sale', byCard(500))
  till.bank.decline('126')
  await till.begin('sale', byCard(600))
  till.set({ bankAnswersLost: 1 })
  await till.begin('sale', byCard(700))
  const copy = await db.query('select * from till_journal')
  assert.deepEqual(copy, [])
  for (let at = 1; at <= 12; at += 1) {
    let passed = 0
    const dies = () => {
      passed += 1
      if (passed === at) throw new Error('killed')
    }
    const dying: Postgres = {
      query: db.query,
      close: db.close,
      transaction: (work, pace) =>
        db
          .transaction(async (sql) => {
            const result = await work({
              query: async (text, values) => {
                dies()
                return sql.query(text, values)
              },
            })
            dies()
            return result
          }, pace)
          .finally(dies),
    }
    const dead = await open(dying).catch(() => null)
    let answers = 0
    way.toOffice = async (request) => {
      if (!dead) return { lost: 'killed' }
      const answer = await visiting(dead.app)(request)
      answers += 1
      return answers % 2 === 0 ? { lost: 'cut' } : answer
    }
    for (let turn = 0; turn < 6; turn += 1) await till.report()
    await till.restart()
    await till.begin('sale', byCard(100 + at))
    // An older day of the office's is put back.
    if (at % 4 === 0) await db.query('delete from till_journal')
  }
  const whole = await open()
  way.toOffice = visiting(whole.app)
  await till.restart()
  await reported(till)
  await assertTold(db, till)
})

/** The office holds of each operation with a card what the till holds of it. */
async function assertTold(db: Postgres, till: Till): Promise<void> {
  const store = openRegisterStore(till.disk, () => 0)
  const operations = openOperations(till.disk)
  const ids = till.disk.prepare('select operation from card_transaction').all()
  const own = ids.map((row) => {
    const operation = operations.one(String(row.operation))
    const word = operation && tillWordOf(operation)
    return [word?.operation, word?.state, word?.sum, word?.document?.uid ?? null]
  })
  const rows = await db.query<{ operation: string; state: string; sum: number; uid: string }>(
    'select operation, state, sum, uid from till_word',
  )
  const held = rows.map(({ operation, state, sum, uid }) => [operation, state, sum, uid])
  assert.ok(store.ledger() && own.length > 10)
  assert.deepEqual(held.toSorted(), own.toSorted())
}

test('a till without cards, or without an office, tells nobody', async () => {
  const till = await openTill()
  assert.equal(await till.report(), HOUR)
})
