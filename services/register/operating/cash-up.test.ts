import assert from 'node:assert/strict'
import { test } from 'node:test'
import { usualRoles } from '#core/access/roles.ts'
import { nextId, openTill, type Till } from '#test/till.ts'
import { openPeople } from '../catalogue/people.ts'
import { rebuild } from '../memory/projection.ts'

const CASH = 12_345

/** A till with an open shift and cash in the drawer. */
async function aTill({ clearing = true, cash = CASH } = {}): Promise<Till> {
  const till = await openTill()
  assert.equal((await till.begin('shift-opening')).body.state, 'registered')
  if (cash > 0) assert.equal((await till.begin('deposit', { sum: cash })).body.state, 'registered')
  if (!clearing) await till.clearing(false)
  return till
}

const aRequest = (change: object = {}) => ({
  id: nextId(),
  cash: CASH,
  counted: { sum: CASH },
  withdrawal: nextId(),
  closing: nextId(),
  ...change,
})

const ask = (till: Till, request: object) => till.ask('POST', '/api/cash-ups', { body: request })
const goOn = (till: Till, { id }: { id: string }) =>
  till.ask('POST', `/api/cash-ups/${id}/continue`, { body: {} })
const current = async (till: Till) => (await till.ask('GET', '/api/cash-ups/current')).body.cashUp
const kindsOf = (till: Till) =>
  till.disk
    .prepare(`select kind from operation where state = 'registered' order by seq`)
    .all()
    .map(({ kind }) => kind)
const whole = ['shift-opening', 'deposit', 'withdrawal', 'shift-closing']

test('N12: one «Да» withdraws what the books hold and closes; a shortage is kept', async () => {
  const till = await aTill()
  const pieces = [
    { value: 10_000, count: 1 },
    { value: 2000, count: 1 },
    { value: 100, count: 2 },
  ]
  const request = aRequest({ counted: { pieces } })
  const { status, body } = await ask(till, request)
  assert.deepEqual([status, body.stage, body.surplus], [200, 'closed', 12_200 - CASH])
  assert.deepEqual(body.count, { sum: 12_200, pieces })
  assert.deepEqual(kindsOf(till), whole)
  assert.equal((await till.view(request.withdrawal)).sum, CASH)
  const { shift, cash } = await till.status()
  assert.deepEqual([shift, cash, till.device.cash()], [null, 0, 0])
  assert.equal(till.device.number(), 4)
})

test('the same again does nothing twice; the same id with another count is refused', async () => {
  const till = await aTill()
  const request = aRequest()
  const [once, twice] = await Promise.all([ask(till, request), ask(till, request)])
  assert.deepEqual([once?.body.stage, twice?.body.stage], ['closed', 'closed'])
  assert.equal((await ask(till, request)).body.stage, 'closed')
  assert.equal(till.device.number(), 4)
  const other = await ask(till, { ...request, counted: { sum: 1 } })
  assert.deepEqual([other.status, other.body.code], [409, 'operation.differs'])
})

test('no difference refuses, and an empty drawer is closed without a withdrawal', async () => {
  const till = await aTill({ cash: 0 })
  const { body } = await ask(till, aRequest({ cash: 0, counted: { sum: 99_999_999 } }))
  assert.deepEqual([body.stage, body.surplus, body.withdrawal], ['closed', 99_999_999, null])
  assert.deepEqual(kindsOf(till), ['shift-opening', 'shift-closing'])
})

test('a shop that does not count says nothing of a surplus', async () => {
  const till = await aTill()
  const { body } = await ask(till, aRequest({ counted: undefined }))
  assert.deepEqual([body.stage, body.count, body.surplus], ['closed', null, null])
})

test('what cannot begin leaves nothing behind', async () => {
  const till = await aTill()
  const codes: [object, string][] = [
    [{ cash: CASH - 1 }, 'cash-up.stale'],
    // Cash that nobody named a withdrawal for: N2 as before.
    [{ withdrawal: undefined }, 'drawer.not-empty'],
  ]
  const same = nextId()
  codes.push([{ withdrawal: same, closing: same }, 'operation.differs'])
  for (const [change, code] of codes) {
    const { status, body } = await ask(till, aRequest(change))
    assert.deepEqual([status, body.code], [409, code])
  }
  till.set({ answersLost: 1 })
  await till.clearing(false)
  await till.begin('deposit', { sum: 1 })
  assert.equal((await ask(till, aRequest())).body.code, 'operation.red')
  assert.equal(await current(till), null)
  const wrong = await ask(till, aRequest({ counted: { pieces: [{ value: 3, count: 1 }] } }))
  assert.equal(wrong.status, 400)
  const repeated = {
    pieces: [
      { value: 1, count: 1 },
      { value: 1, count: 2 },
    ],
  }
  assert.equal((await ask(till, aRequest({ counted: repeated }))).status, 400)
})

test('S1.1 in the withdrawal stops it until somebody says to close', async () => {
  const till = await aTill()
  till.set({ unplugged: true })
  const request = aRequest()
  const { body } = await ask(till, request)
  assert.deepEqual([body.stage, body.isWanted], ['withdrawal', false])
  till.set({ unplugged: false })
  await till.ask('POST', `/api/operations/${request.withdrawal}/continue`, { body: {} })
  assert.deepEqual(kindsOf(till), whole.slice(0, 3), 'the shift stays open until somebody says so')
  // The page's own repeat is nobody's word.
  assert.equal((await ask(till, request)).body.stage, 'withdrawn')
  assert.deepEqual(kindsOf(till), whole.slice(0, 3))
  assert.equal((await current(till)).stage, 'withdrawn')
  assert.equal((await goOn(till, request)).body.stage, 'closed')
  assert.deepEqual(kindsOf(till), whole)
  assert.equal((await goOn(till, request)).body.stage, 'closed')
  assert.equal(till.device.number(), 4)
})

test('a red withdrawal that is denied ends it; closing is begun anew', async () => {
  const till = await aTill({ clearing: false })
  till.set({ requestsLost: 1 })
  const request = aRequest()
  const { body } = await ask(till, request)
  assert.deepEqual([body.stage, body.isWanted], ['withdrawal', false])
  assert.equal((await till.view(request.withdrawal)).state, 'red')
  assert.equal((await goOn(till, request)).body.stage, 'withdrawal', 'red stays red')
  await till.ask('POST', `/api/operations/${request.withdrawal}/deny`, { body: {} })
  assert.equal((await goOn(till, request)).body.stage, 'ended')
  assert.equal((await ask(till, aRequest({ counted: { sum: 1 } }))).body.surplus, 1 - CASH)
  assert.deepEqual(kindsOf(till), whole)
})

test('a red withdrawal that was made is confirmed, and no second one follows', async () => {
  const till = await aTill({ clearing: false })
  till.set({ answersLost: 1 })
  const request = aRequest()
  assert.equal((await ask(till, request)).body.stage, 'withdrawal')
  await till.clearing(true)
  await till.watch()
  assert.equal((await till.view(request.withdrawal)).state, 'registered')
  assert.deepEqual([(await till.status()).shift?.number, till.device.number()], [1, 3])
  assert.equal((await goOn(till, request)).body.stage, 'closed')
  assert.deepEqual(kindsOf(till), whole)
})

test('a red closing is cleared like any other, and then the shift is closed', async () => {
  const till = await aTill({ clearing: false })
  await till.begin('withdrawal', { sum: CASH })
  till.set({ answersLost: 1 })
  const request = aRequest({ cash: 0, withdrawal: undefined })
  assert.equal((await ask(till, request)).body.stage, 'closing')
  await till.clearing(true)
  await till.watch()
  assert.equal((await ask(till, request)).body.stage, 'closed')
  assert.deepEqual(kindsOf(till), whole)
})

test('money that came in between is not swept away: closing is begun anew', async () => {
  const till = await aTill()
  till.set({ unplugged: true })
  const request = aRequest()
  await ask(till, request)
  till.set({ unplugged: false })
  await till.ask('POST', `/api/operations/${request.withdrawal}/continue`, { body: {} })
  await till.begin('deposit', { sum: 700 })
  const { status, body } = await goOn(till, request)
  assert.deepEqual([status, body.code, body.facts.sum], [409, 'drawer.not-empty', 700])
  const anew = await ask(till, aRequest({ cash: 700, counted: { sum: 700 } }))
  assert.equal(anew.body.stage, 'closed')
})

test('who may not move cash closes only an empty drawer', async () => {
  const till = await aTill()
  openPeople(till.disk, till.clock).setRole('cashier', {
    rights: usualRoles.cashier.rights.filter((right) => right !== 'cash.move'),
    discountPercent: 0,
  })
  const { status, body } = await ask(till, aRequest())
  assert.deepEqual([status, body.facts.right], [403, 'cash.move'])
  assert.equal(till.device.number(), 2)
})

test('how cash is counted is a setting of the shop; the projection is rebuilt', async () => {
  const till = await aTill()
  const asAdministrator = { as: 'Ольга', body: { cashCount: 'sum', blindCount: true } }
  assert.equal((await till.ask('PUT', '/api/settings', asAdministrator)).status, 200)
  const { cashCount, blindCount } = await till.status()
  assert.deepEqual([cashCount, blindCount], ['sum', true])
  const refused = await till.ask('PUT', '/api/settings', { body: { blindCount: false } })
  assert.deepEqual([refused.status, refused.body.facts.right], [403, 'settings.edit'])
  await ask(till, aRequest())
  const rows = () => JSON.stringify(till.disk.prepare('select * from cash_up').all())
  const before = rows()
  rebuild(till.disk)
  assert.equal(rows(), before)
})
