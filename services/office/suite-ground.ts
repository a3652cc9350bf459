// What the promises of suite.ts stand on.

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { client, type Send } from '#core/api/client.ts'
import type { Client } from '#core/api/contract.ts'
import { officeApi } from '#core/api/office.ts'
import { officeCabinetApi } from '#core/api/office-cabinet.ts'
import { answersTill } from '#core/billing/lease.ts'
import type { BillingState } from '#core/billing/state.ts'
import type { Postgres } from '#services/runtime/sql.ts'
import { believesOperator } from '#shop/enrolment.ts'
import type { aClock } from '#test/fixtures.ts'
import { sowOffice } from './seed.ts'

export type Ground = { db: Postgres; app: Hono; clock: ReturnType<typeof aClock> }

/** A sender to the app in this process that keeps its cookie, as a browser does. */
export function visiting(app: Hono, cookieBefore = ''): Send & { cookie: () => string } {
  let cookie = cookieBefore
  const send: Send = async ({ method, path, body }) => {
    const headers = { cookie, 'content-type': 'application/json' }
    const response = await app.request(path, { method, headers, ...(body && { body }) })
    const set = response.headers.get('set-cookie')
    if (set !== null) cookie = set
    return { status: response.status, body: await response.text() }
  }
  return Object.assign(send, { cookie: () => cookie })
}

type Asked = Parameters<Client<typeof officeApi>['lease']>[0]

export const tariffs = [
  { tariff: 'week', name: 'Неделя', price: 900, days: 7 },
  { tariff: 'month', name: 'Месяц', price: 2_900, months: 1 },
  { tariff: 'year', name: 'Год', price: 29_000, months: 12 },
]

export const STAFF = 'staff@demo.by'

/** A client with a contract in force and a till, nothing paid; signed in, and staff as well. */
export async function aClient({ db, app, clock }: Ground) {
  const nth = Number.parseInt(randomUUID().slice(0, 6), 16)
  const unp = String(100_000_000 + nth)
  const serial = `ZP${unp}`
  const email = `${unp}@demo.by`
  await sowOffice(db, {
    tariffs,
    contracts: [{ number: `N${unp}`, unp, company: `ООО «${unp}»`, concludedAt: clock.now() }],
    equipment: [{ serial, contract: `N${unp}` }],
    accounts: [
      { email, password: 'demo', contract: `N${unp}` },
      { email: STAFF, password: 'demo', role: 'staff' },
    ],
  })
  const send = visiting(app)
  const cabinet = client(officeCabinetApi, send)
  const staffSend = visiting(app)
  const staff = client(officeCabinetApi, staffSend)
  const api = client(officeApi, visiting(app))
  const signIn = async () => {
    assert.equal((await cabinet.signIn({ email, password: 'demo' })).kind, 'done')
    assert.equal((await staff.signIn({ email: STAFF, password: 'demo' })).kind, 'done')
  }
  await signIn()
  const own = await cabinet.contracts({})
  const account = own.kind === 'done' ? (own.value.contracts[0]?.account ?? '') : ''
  /** What the till is told, checked as a till checks it. */
  const lease = async (change: Partial<Asked> = {}) => {
    const asked = Object.assign({ serial, unp, version: '0.1.0', nonce: randomUUID() }, change)
    const answer = await api.lease(asked)
    assert.ok(answer.kind === 'done', JSON.stringify(answer))
    assert.ok(answersTill(answer.value, asked, believesOperator))
    return answer.value
  }
  const state = async (change: Parameters<typeof lease>[0] = {}): Promise<BillingState> =>
    (await lease(change)).lease.state
  const pay = async (sum: number, id = randomUUID()) => {
    const paid = await staff.payment({ id, account, sum, note: 'платёж' })
    return paid.kind === 'done' ? paid.value.balance : assert.fail(JSON.stringify(paid))
  }
  /** Orders at a price shown a moment ago. */
  const order = async (tariff: string, renews = true) => {
    const quote = await cabinet.quote({ serial, tariff })
    assert.ok(quote.kind === 'done', JSON.stringify(quote))
    const placed = await cabinet.order({ quote: quote.value.id, renews })
    return placed.kind === 'done'
      ? { quote: quote.value, order: placed.value }
      : assert.fail(JSON.stringify(placed))
  }
  const balance = async () => {
    const answer = await cabinet.contracts({})
    return answer.kind === 'done' ? answer.value.contracts[0]?.balance : assert.fail(answer.kind)
  }
  /** Time passes, which no session outlives. */
  const later = async (ms: number) => {
    clock.advance(ms)
    await signIn()
  }
  const contract = `N${unp}`
  const wires = { cabinet, staff, staffSend, api, send, cookie: send.cookie }
  const verbs = { lease, state, pay, order, balance, later }
  return Object.assign({ unp, serial, email, account, contract }, wires, verbs)
}

/** Every entry comes to zero, every paid period was charged once, the books balance. */
export async function assertBooks(db: Postgres): Promise<void> {
  const bent = await db.query('select entry from posting group by entry having sum(sum) <> 0')
  assert.deepEqual(bent, [], 'every entry comes to zero')
  const paid = await db.query(
    `select serial, run from subscription s
     where paid <> (select count(*) from charge c where c.serial = s.serial and c.run = s.run)`,
  )
  assert.deepEqual(paid, [], 'a period is paid for because it was charged')
  const lonely = await db.query(
    `select id from entry where kind = 'charge' and id not in (select entry from charge)`,
  )
  assert.deepEqual(lonely, [], 'a charge is of a period')
}
