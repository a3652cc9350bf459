import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { client, type Send } from '#core/api/client.ts'
import { officeCabinetApi } from '#core/api/office-cabinet.ts'
import { type Lease, type SignedLease, signLease } from '#core/billing/lease.ts'
import type { BillingState } from '#core/billing/state.ts'
import { DAY, HOUR, MINUTE } from '#core/time.ts'
import { openOffice } from '#services/office/app.ts'
import { sowOffice } from '#services/office/seed.ts'
import { tariffs, visiting } from '#services/office/suite-ground.ts'
import { silentLog } from '#services/runtime/log.ts'
import { believesOperator, newKey, operatorKey } from '#shop/enrolment.ts'
import { aClock } from '#test/fixtures.ts'
import { newPostgres } from '#test/server-postgres.ts'
import { goods, issuer, openTill } from '#test/till.ts'
import { openBillingMemory } from '../memory/billing.ts'
import { openRegisterDb } from '../memory/store.ts'
import { openBillingWatch } from './billing.ts'

// The till under a real office: what it is told, and what it opens by that.

const SERIAL = 'ZP1'
const CONTRACT = 'N1'
const ACCOUNT = '10000001'

async function openBilled() {
  const clock = aClock()
  const db = await newPostgres('office')
  const ports = { db, clock, log: silentLog, key: operatorKey, verify: believesOperator }
  const { app } = await openOffice(Object.assign({ takesDemoPayments: true }, ports))
  const { unp, company } = issuer
  await sowOffice(db, {
    tariffs,
    contracts: [{ number: CONTRACT, unp, company, concludedAt: clock.now() }],
    equipment: [{ serial: SERIAL, contract: CONTRACT }],
    accounts: [{ email: 'staff@demo.by', password: 'demo', role: 'staff' }],
  })
  const staff = client(officeCabinetApi, visiting(app))
  await staff.signIn({ email: 'staff@demo.by', password: 'demo' })
  const line = { isDown: false, bend: (body: string) => body, asked: 0 }
  const wire = visiting(app)
  const send: Send = async (request) => {
    if (line.isDown) return { unsent: 'no line' }
    line.asked += 1
    const answer = await wire(request)
    return 'body' in answer ? Object.assign({}, answer, { body: line.bend(answer.body) }) : answer
  }
  const office = { send, serial: SERIAL, keys: believesOperator }
  const till = await openTill(null, newKey(), office)
  /** Both ends see the same time. */
  const later = (ms: number) => {
    clock.advance(ms)
    till.clock.advance(ms)
  }
  const paid = async (tariff: string, renews: boolean) => {
    await staff.payment({ id: randomUUID(), account: ACCOUNT, sum: 50_000, note: 'x' })
    await staff.subscribe({ serial: SERIAL, tariff, renews })
  }
  return { staff, line, till, later, paid }
}

type Billed = Awaited<ReturnType<typeof openBilled>>

const codeOf = ({ status, body }: { status: number; body: { code?: string; state?: string } }) =>
  status === 200 ? body.state : body.code
const open = async ({ till }: Billed) => codeOf(await till.begin('shift-opening'))
const billing = async ({ till }: Billed) => (await till.status()).billing
const check = async ({ till }: Billed) => (await till.ask('POST', '/api/billing/check')).body

test('a state that forbids is told at the opening, and goes when it is mended', async () => {
  const billed = await openBilled()
  const refused = await billed.till.begin('shift-opening')
  assert.equal(refused.body.code, 'billing.forbids')
  assert.deepEqual(refused.body.facts, { billing: 'no-subscription', account: ACCOUNT })
  assert.match(refused.body.message, /Номер лицевого счета: 10000001$/)
  await billed.paid('year', true)
  assert.equal((await billing(billed)).forbids, true, 'the last answer holds until it is asked')
  const { answered, billing: now } = await check(billed)
  assert.deepEqual([answered, now.state, now.forbids], [true, 'ok', false])
  assert.equal(await open(billed), 'registered')
})

test('whatever billing says, a shift that is open is worked on and closed', async () => {
  const billed = await openBilled()
  const { till, staff } = billed
  await billed.paid('year', true)
  assert.equal(await open(billed), 'registered')
  await staff.retireEquipment({ serial: SERIAL })
  assert.equal((await check(billed)).billing.state, 'serial-unknown')
  const sale = await till.begin('sale', goods(100))
  assert.equal(codeOf(sale), 'registered')
  const refund = { of: sale.body.id, lines: [{ line: 0, quantity: 1000 }] }
  assert.equal(codeOf(await till.begin('refund', refund)), 'registered')
  assert.equal(codeOf(await till.begin('deposit', { sum: 500 })), 'registered')
  assert.equal(codeOf(await till.begin('withdrawal', { sum: 500 })), 'registered')
  assert.equal(codeOf(await till.begin('shift-closing')), 'registered')
  assert.equal(await open(billed), 'billing.forbids')
})

test('the last answer counts for a day, then for seven of grace, then no shift opens', async () => {
  const billed = await openBilled()
  const { till, line } = billed
  await billed.paid('year', true)
  assert.equal((await check(billed)).answered, true)
  line.isDown = true
  await till.restart()
  assert.equal((await check(billed)).answered, false)
  billed.later(DAY)
  assert.deepEqual(gist(await billing(billed)), ['ok', false, false])
  billed.later(MINUTE)
  assert.deepEqual(gist(await billing(billed)), ['ok', false, true])
  assert.equal(await open(billed), 'registered')
  assert.equal(codeOf(await till.begin('shift-closing')), 'registered')
  billed.later(7 * DAY)
  assert.equal(await open(billed), 'billing.forbids')
  till.clock.jump(-8 * DAY)
  assert.equal(await open(billed), 'billing.forbids', 'a clock set back extends nothing')
  line.isDown = false
  till.clock.jump(8 * DAY)
  assert.equal(await open(billed), 'registered', 'one that ran out is refreshed like any other')
})

const gist = ({ state, forbids, graceUntil }: Gist) => [state, forbids, graceUntil !== null]
type Gist = { state: string; forbids: boolean; graceUntil: number | null }

test('a warning is told once a day, and lets work go on', async () => {
  const billed = await openBilled()
  const { till } = billed
  await billed.paid('week', false)
  assert.deepEqual((await check(billed)).billing.warns, true)
  assert.equal(await open(billed), 'registered')
  assert.equal((await billing(billed)).warns, true)
  await till.ask('POST', '/api/billing/read')
  assert.equal((await billing(billed)).warns, false)
  await check(billed)
  assert.equal((await billing(billed)).warns, false)
  billed.later(DAY)
  assert.equal((await check(billed)).billing.warns, true)
})

test('asked at the start, hourly, and a minute after nobody answered', async () => {
  const { till, line, later, paid } = await openBilled()
  await paid('year', true)
  const step = () => till.billing()
  await step()
  assert.equal(line.asked, 1)
  later(HOUR - 1)
  await step()
  assert.equal(line.asked, 1)
  later(1)
  line.isDown = true
  await step()
  line.isDown = false
  later(MINUTE)
  await step()
  assert.equal(line.asked, 2)
})

test('what the office did not sign in answer to this till is no answer', async () => {
  const billed = await openBilled()
  const { till, line } = billed
  await billed.paid('year', true)
  const first = await check(billed)
  line.bend = (body) => body.replace('"state":"ok"', '"state":"no-contract"')
  const bent = await check(billed)
  assert.deepEqual([bent.answered, bent.billing], [false, first.billing])
  assert.deepEqual((await till.status()).distrusted, ['office'])
  let old = ''
  line.bend = (body) => {
    old ||= body
    return old
  }
  await check(billed)
  assert.equal((await check(billed)).answered, false, 'an old answer is none')
  line.bend = (body) => body
  assert.equal((await check(billed)).answered, true)
  assert.deepEqual((await till.status()).distrusted, [])
})

test('an answer that another has overtaken on its way does not take its place', async () => {
  const clock = aClock()
  const asked: PromiseWithResolvers<SignedLease>[] = []
  const office = {
    lease: () => {
      const answer = Promise.withResolvers<SignedLease>()
      asked.push(answer)
      return answer.promise
    },
    report: () => assert.fail('nothing is reported here'),
  }
  const memory = openBillingMemory(openRegisterDb(':memory:'))
  const { ask, view } = openBillingWatch({
    memory,
    office,
    clock,
    changed: () => {},
    isUpdateReady: () => false,
  })
  const signed = (counter: number, state: BillingState): SignedLease => {
    const issued = { issued: clock.now(), until: clock.now() + DAY }
    const of = { says: 'lease', serial: SERIAL, unp: issuer.unp, account: null, endsOn: null }
    const lease = Object.assign({ state, counter, nonce: randomUUID() }, issued, of) as Lease
    return signLease(lease, operatorKey)
  }
  const told = [ask(), ask()]
  // The office has heard the second question first.
  asked[0]?.resolve(signed(2, 'no-contract'))
  await told[0]
  asked[1]?.resolve(signed(1, 'ok'))
  assert.equal(await told[1], true)
  assert.equal(view()?.state, 'no-contract')
  const again = ask()
  asked[2]?.resolve(signed(1, 'ok'))
  await again
  assert.equal(view()?.state, 'ok', 'a store that was put back is believed (V3)')
})
