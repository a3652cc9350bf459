import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { client } from '#core/api/client.ts'
import { officeApi } from '#core/api/office.ts'
import { tillReportText, tillStates } from '#core/card/till-report.ts'
import type { OperationId } from '#core/id.ts'
import { kopecks } from '#core/money.ts'
import { DAY, HOUR } from '#core/time.ts'
import { openOffice } from '#services/office/app.ts'
import { requireVersion } from '#services/office/store/releases.ts'
import { aClient, assertBooks, STAFF, tariffs } from '#services/office/suite-ground.ts'
import { newDeviceKey, publicHalf, signText } from '#services/runtime/device-keys.ts'
import { silentLog } from '#services/runtime/log.ts'
import type { Postgres } from '#services/runtime/sql.ts'
import { type Dice, openDice } from '#sim/dice.ts'
import { aClock } from '#test/fixtures.ts'
import { newPostgres } from '#test/server-postgres.ts'
import { believesOperator, operatorKey } from './enrolment.ts'
import {
  balanceIn,
  enterMoney,
  memoryOffice,
  newOfficeBooks,
  type OfficeBooks,
  subscribe,
} from './memory-office.ts'
import { outside } from './process.ts'

type Ground = {
  db: Postgres
  real: Awaited<ReturnType<typeof aClient>>
  books: OfficeBooks
  dice: Dice
  now: number
}

const acts = {
  pay: 4,
  payout: 1,
  subscribe: 5,
  end: 1,
  conclude: 2,
  version: 3,
}

/** Staff do the same at both. */
async function act({ db, real, books, dice, now }: Ground): Promise<void> {
  const { staff, serial, account, contract } = real
  switch (dice.weighted(acts)) {
    case 'pay': {
      const sum = dice.pick([900, 2_900, 10_000])
      await real.pay(sum)
      enterMoney(books, { kind: 'payment', sum: kopecks(sum), now })
      return
    }
    case 'payout': {
      const went = await staff.payout({ id: randomUUID(), account, sum: 500, note: 'x' })
      const back = enterMoney(books, { kind: 'payout', sum: kopecks(500), now })
      assert.equal(back, went.kind === 'done')
      return
    }
    case 'subscribe': {
      const { tariff, price, months = 0, days = 0 } = dice.any(tariffs.slice(0, 2)) ?? assert.fail()
      const renews = dice.chance(0.5)
      const went = await staff.subscribe({ serial, tariff, renews })
      const terms = { tariff, price: kopecks(price), months, days }
      assert.equal(subscribe(books, { terms, renews, now }), went.kind === 'done')
      return
    }
    case 'end':
      await staff.endContract({ contract, reason: 'x' })
      books.contract.isInForce = false
      return
    case 'conclude':
      await staff.conclude({ contract })
      books.contract.isInForce = true
      return
    case 'version':
      books.required = dice.pick([null, '9.0.0'])
      await requireVersion(db, { version: books.required, from: null, email: STAFF, now })
  }
}

/** A till with a few operations, told from where it stands or from anywhere else. */
function aReport(dice: Dice, { serial, unp }: { serial: string; unp: string }, held: Place) {
  const place = (seq: number) => ({ seq, hash: String(seq).padStart(64, '0') })
  const words = Array.from({ length: dice.int(0, 3) }, () => ({
    operation: `0197a2b4-0000-7000-8000-${String(dice.int(1, 6)).padStart(12, '0')}` as OperationId,
    kind: 'purchase' as const,
    at: dice.int(1, 9),
    receipt: dice.int(1, 9),
    sum: kopecks(dice.int(1, 900)),
    state: dice.pick(tillStates),
    document: null,
  }))
  return {
    says: 'report' as const,
    serial: dice.chance(0.9) ? serial : 'NO SUCH',
    unp: dice.chance(0.9) ? unp : '191000009',
    terminal: 'T1',
    after: dice.chance(0.7) ? held : dice.pick([null, place(dice.int(1, 3))]),
    upTo: dice.chance(0.1) ? null : place(dice.int(1, 9)),
    words,
    stored: null,
    at: dice.int(1, 9),
  }
}

type Place = { seq: number; hash: string } | null

test('a till’s reports come to the same at both', async () => {
  const db = await newPostgres('office')
  const clock = aClock()
  const ports = { db, clock, log: silentLog, key: operatorKey, verify: believesOperator }
  const { app } = await openOffice(Object.assign({ takesDemoPayments: false }, ports))
  const real = await aClient({ db, app, clock })
  const books = newOfficeBooks({ serial: real.serial, unp: real.unp, account: real.account })
  const same = await tillOf(clock.now, books)
  const dice = openDice(7)
  const keys = [newDeviceKey(), newDeviceKey()]
  let taken = 0
  for (let i = 0; i < 120; i += 1) {
    const report = aReport(dice, real, books.journal)
    const key = dice.chance(0.9) ? keys[0] : keys[1]
    assert.ok(key !== undefined)
    const signature = signText(
      key,
      tillReportText(dice.chance(0.95) ? report : Object.assign({}, report, { at: 0 })),
    )
    const told = { report, key: publicHalf(key), signature }
    const [here, there] = [await same.report(told), await real.api.report(told)]
    assert.deepEqual(here, there, `${i}`)
    if (here.kind === 'done' && here.value.taken) taken += 1
    const rows = await db.query<{ operation: string; state: string; sum: number }>(
      'select operation, state, sum from till_word where unp = $1 order by operation',
      [real.unp],
    )
    const held = Object.values(books.words).map(({ operation, state, sum }) => ({
      operation,
      state,
      sum,
    }))
    assert.deepEqual(
      held.toSorted((a, b) => (a.operation < b.operation ? -1 : 1)),
      rows,
      `${i}`,
    )
  }
  assert.ok(taken > 20 && taken < 120, `${taken}`)
  await db.close()
})

/** The office over these books, as a till asks it. */
async function tillOf(now: () => number, books: OfficeBooks) {
  const row = memoryOffice(now, books)
  const { app } = await row.start(outside, row.disk)
  return client(officeApi, async ({ method, path, body }) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await app.fetch(
      new Request(`http://office${path}`, { method, headers, ...(body && { body }) }),
    )
    return { status: answer.status, body: await answer.text() }
  })
}

test('the office in memory answers as the real one does', async () => {
  const db = await newPostgres('office')
  const clock = aClock()
  const ports = { db, clock, log: silentLog, key: operatorKey, verify: believesOperator }
  const { app } = await openOffice(Object.assign({ takesDemoPayments: false }, ports))
  const real = await aClient({ db, app, clock })
  const { serial, unp, account } = real
  await db.query('update session set until = $1', [2 ** 52])
  const books = newOfficeBooks({ serial, unp, account })
  const same = await tillOf(clock.now, books)
  const dice = openDice(1)
  const seen = new Set<string>()
  for (let i = 0; i < 60; i += 1) {
    clock.advance(dice.pick([HOUR, HOUR, DAY, 5 * DAY, 40 * DAY]))
    await act({ db, real, books, dice, now: clock.now() })
    const nonce = randomUUID()
    const { lease } = await real.lease({ nonce })
    const told = await same.lease({ serial, unp, version: '0.1.0', nonce })
    assert.deepEqual(told.kind === 'done' && told.value.lease, lease, `${i}`)
    assert.equal(balanceIn(books), await real.balance(), `${i}`)
    seen.add(lease.state)
  }
  assert.ok(seen.size >= 3, [...seen].join())
  await assertBooks(db)
  await db.close()
})
