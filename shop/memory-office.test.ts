import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { client } from '#core/api/client.ts'
import { officeApi } from '#core/api/office.ts'
import { kopecks } from '#core/money.ts'
import { DAY, HOUR } from '#core/time.ts'
import { openOffice } from '#services/office/app.ts'
import { aClient, assertBooks, tariffs } from '#services/office/suite-ground.ts'
import { silentLog } from '#services/runtime/log.ts'
import { openDice } from '#sim/dice.ts'
import { memoryPostgres } from '#test/embedded-postgres.ts'
import { aClock } from '#test/fixtures.ts'
import { believesOperator, operatorKey } from './enrolment.ts'
import { balanceIn, enterMoney, memoryOffice, newOfficeBooks, subscribe } from './memory-office.ts'
import { outside } from './process.ts'

test('the office in memory answers as the real one does', async () => {
  const db = await memoryPostgres()
  const clock = aClock()
  const ports = { db, clock, log: silentLog, key: operatorKey, verify: believesOperator }
  const { app } = await openOffice(Object.assign({ takesDemoPayments: false }, ports))
  const real = await aClient({ db, app, clock })
  const { serial, unp, account, contract } = real
  await db.query('update session set until = $1', [2 ** 52])
  const books = newOfficeBooks({ serial, unp, account })
  const row = memoryOffice(clock.now, books)
  const { app: simulated } = await row.start(outside, row.disk)
  const same = client(officeApi, async ({ method, path, body }) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await simulated.fetch(
      new Request(`http://office${path}`, { method, headers, ...(body && { body }) }),
    )
    return { status: answer.status, body: await answer.text() }
  })
  const dice = openDice(1)
  const seen = new Set<string>()
  for (let i = 0; i < 60; i += 1) {
    clock.advance(dice.pick([HOUR, HOUR, DAY, 5 * DAY, 40 * DAY]))
    const now = clock.now()
    switch (dice.weighted({ pay: 4, payout: 1, subscribe: 5, end: 1, conclude: 2, version: 3 })) {
      case 'pay': {
        const sum = dice.pick([900, 2_900, 10_000])
        await real.pay(sum)
        enterMoney(books, { kind: 'payment', sum: kopecks(sum), now })
        break
      }
      case 'payout': {
        const went = await real.staff.payout({ id: randomUUID(), account, sum: 500, note: 'x' })
        const back = enterMoney(books, { kind: 'payout', sum: kopecks(500), now })
        assert.equal(back, went.kind === 'done', `${i}`)
        break
      }
      case 'subscribe': {
        const tariff = dice.any(tariffs.slice(0, 2))
        assert.ok(tariff)
        const renews = dice.chance(0.5)
        const went = await real.staff.subscribe({ serial, tariff: tariff.tariff, renews })
        const { price, months = 0, days = 0 } = tariff
        const terms = { tariff: tariff.tariff, price: kopecks(price), months, days }
        assert.equal(subscribe(books, { terms, renews, now }), went.kind === 'done', `${i}`)
        break
      }
      case 'end':
        await real.staff.endContract({ contract, reason: 'x' })
        books.contract.isInForce = false
        break
      case 'conclude':
        await real.staff.conclude({ contract })
        books.contract.isInForce = true
        break
      case 'version':
        books.required = dice.pick([null, '9.0.0'])
        await real.staff.requireVersion({ version: books.required })
        break
    }
    const nonce = randomUUID()
    const { lease } = await real.lease({ nonce })
    const told = await same.lease({ serial, unp, version: '0.1.0', nonce })
    assert.ok(told.kind === 'done')
    assert.deepEqual(told.value.lease, lease, `${i}`)
    assert.equal(balanceIn(books), await real.balance(), `${i}`)
    seen.add(lease.state)
  }
  assert.ok(seen.size >= 3, [...seen].join())
  await assertBooks(db)
  await db.close()
})
