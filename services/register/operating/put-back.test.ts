import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { openSkoStore } from '#services/sko/store.ts'
import { copyOf } from '#shop/disk.ts'
import { goods, issuer, openTill, type Till, typed } from '#test/till.ts'

// V3: stores of neighbours put back to an older copy, over the real register, СКО and operator.

const sell = async (till: Till) => {
  const answer = await till.begin('sale', goods(100))
  return { code: answer.body.code, state: answer.body.state }
}

async function openedShift() {
  const till = await openTill()
  await till.begin('shift-opening')
  await sell(till)
  await till.deliver()
  return till
}

/** A copy of the СКО's database as it stands, and such a copy put in its place. */
const copyOfSko = ({ processes }: Till): Sqlite => copyOf(processes.sko.disk)
const putBack = async ({ processes: { sko } }: Till, copy: Sqlite): Promise<void> => {
  sko.kill()
  sko.disk = copy
  await sko.start()
}

test('a СКО put back to before what the operator holds signs nothing more, loudly', async () => {
  const till = await openedShift()
  const copy = copyOfSko(till)
  await sell(till)
  await till.deliver()
  await putBack(till, copy)
  await till.deliver()
  await till.watch()
  assert.equal((await till.status()).diverged, 'operator')
  assert.equal((await sell(till)).code, 'operator.diverged')
  const store = openSkoStore(till.processes.sko.disk)
  assert.equal(store.device(issuer.device)?.device.number, 2, 'nothing was made')
  assert.equal(store.evidence(issuer.device)[0]?.proof.statement.number, 3)
})

test('the register notices it by itself, though no operator is reached', async () => {
  const till = await openedShift()
  const copy = copyOfSko(till)
  await sell(till)
  till.set({ operatorDown: true })
  await putBack(till, copy)
  await till.watch()
  assert.equal((await till.status()).diverged, 'sko')
  assert.equal((await sell(till)).code, 'sko.diverged')
})

test('a СКО put back says «never» of what it made: a person’s word about that stands', async () => {
  const till = await openedShift()
  const copy = copyOfSko(till)
  await sell(till)
  await till.clearing(false)
  till.set({ answersLost: 1 })
  const red = await till.begin('deposit', { sum: 700 })
  assert.equal(red.body.state, 'red')
  const made = till.device.last()
  assert.ok(made)
  // Neither is reached when she types, so that her word is not checked yet.
  till.set({ skoDead: true, operatorDown: true })
  const body = typed({ number: made.number, at: made.document.at, uid: made.uid })
  const path = `/api/operations/${red.body.id}/confirm`
  assert.equal((await till.ask('POST', path, { body })).body.state, 'registered')
  till.set({ skoDead: false })
  await putBack(till, copy)
  await till.watch()
  assert.equal((await till.view(red.body.id)).proof, 'unproved')
})

test('the way out: the newer copy is put in place, and work goes on', async () => {
  const till = await openedShift()
  const old = copyOfSko(till)
  await sell(till)
  await till.deliver()
  const present = copyOfSko(till)
  await putBack(till, old)
  await till.deliver()
  await till.watch()
  assert.equal((await till.status()).diverged, 'operator')
  await putBack(till, present)
  await till.deliver()
  await till.watch()
  assert.equal((await till.status()).diverged, null)
  assert.equal((await sell(till)).state, 'registered')
})

test('a till put back sells on while nobody is reached: the fork stops it later', async () => {
  const till = await openedShift()
  const copies = { sko: copyOfSko(till), register: copyOf(till.disk) }
  await sell(till)
  await till.deliver()
  till.set({ operatorDown: true })
  await putBack(till, copies.sko)
  const { register, sko } = till.processes
  register.kill()
  register.disk = copies.register
  await register.start()
  assert.deepEqual(await sell(till), { code: undefined, state: 'registered' })
  till.set({ operatorDown: false })
  await till.deliver()
  await till.watch()
  assert.equal((await till.status()).diverged, 'operator')
  assert.equal((await till.begin('deposit', { sum: 100 })).body.code, 'operator.diverged')
  const [sold] = await till.list()
  assert.equal((await till.view(sold.id)).facts.stored, false, 'another one is')
  assert.deepEqual(await till.quarantine(), [{ number: 3, code: 'document.diverges' }])
  assert.equal(openSkoStore(sko.disk).device(issuer.device)?.acknowledged, 2)
})

test('an operator put back gets all again, and nothing it signed for is taken back', async () => {
  const till = await openedShift()
  const backup = await till.operatorBackup()
  await sell(till)
  await till.deliver()
  const [sold] = await till.list()
  await till.watch()
  assert.equal((await till.view(sold.id)).facts.stored, true)
  await till.putOperatorBack(backup)
  await till.processes.sko.start()
  const [courier] = till.processes.sko.app?.couriers ?? []
  await courier?.step()
  await till.watch()
  await till.upload()
  await till.upload()
  assert.equal((await till.status()).upload?.cause, 'operator-forgot')
  assert.equal((await till.status()).unsent.count, 0)
  assert.equal((await till.view(sold.id)).facts.stored, true)
  await till.deliver()
  await till.watch()
  await till.upload()
  assert.equal((await till.status()).upload, null)
  assert.deepEqual(await till.stored(), [1, 2, 3])
  assert.deepEqual(await till.forgotten(), [{ number: 3, held: 2 }])
})

const byCard = (sum: number) => ({ ...goods(sum), payments: [{ means: 'card', sum }] })

const dayOf = async (till: Till) => (await till.ask('POST', '/api/card-days', { body: {} })).body

const forgottenBy = ({ outcome, differences }: DayTold) => [
  outcome,
  ...differences.map(({ bank, terminal, number }) => [bank, terminal?.sum, number]),
]
type DayTold = {
  outcome: string
  differences: { bank: unknown; terminal: { sum: number } | null; number: number }[]
}

test('a charge that a bank put back has forgotten is named at the day’s end', async () => {
  const till = await openedShift()
  await till.begin('sale', byCard(500))
  const putBack = await till.bank.copy()
  const forgotten = (await till.begin('sale', byCard(700))).body
  await putBack()
  await till.begin('sale', byCard(300))
  assert.deepEqual(forgottenBy(await dayOf(till)), ['differs', [null, 700, forgotten.number]])
  const { body } = await till.begin('refund', { of: forgotten.id })
  assert.deepEqual([body.state, body.message.code], ['failed', 'bank.914'])
})

test('a bank put back to before a day that it closed: it is compared anew', async () => {
  const till = await openedShift()
  const putBack = await till.bank.copy()
  const first = (await till.begin('sale', byCard(500))).body
  assert.deepEqual(forgottenBy(await dayOf(till)), ['balanced'])
  const second = (await till.begin('sale', byCard(700))).body
  await putBack()
  assert.equal((await dayOf(till)).code, 'card-day.unknown')
  await till.begin('sale', byCard(300))
  assert.deepEqual(forgottenBy(await dayOf(till)), ['differs', [null, 500, first.number]])
  const { days } = (await till.ask('GET', '/api/card-days')).body
  assert.deepEqual(forgottenBy(days[0]), ['differs', [null, 700, second.number]])
})
