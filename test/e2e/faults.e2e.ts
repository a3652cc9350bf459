import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import type { OperationView } from '#core/api/register.ts'
import { HOUR } from '#core/time.ts'
import { httpSend } from '#services/runtime/send.ts'
import { bread, carryOut, done, newId, openShop, sellBread, until } from './shop.ts'

// What the stand's faults do to the processes, seen from the ends of the lines.

const shop = await openShop()
await carryOut(shop, 'shift-opening')

const sale = (id: string) => ({
  id,
  kind: 'sale' as const,
  lines: [{ code: bread.code, quantity: 1000 }],
  payments: [{ means: 'cash' as const, sum: bread.price }],
})
const made = (id: string) => shop.deviceDocuments().filter(({ operation }) => operation === id)
const view = async (id: string) => done(await shop.register.operation({ id }))
const settled = (id: string): Promise<OperationView> =>
  until(`исход ${id}`, async () => {
    const now = await view(id)
    return now.state === 'registered' || now.state === 'failed' ? now : undefined
  })

const TILL = 'AVQ11099999999'
const FREE = 'AVQ11099999998'

/** What a foreign client hears when it asks a device for its next number. */
async function nextNumber(token: string): Promise<unknown> {
  const send = httpSend(shop.addresses.sko, { deadlineMs: 5000 })
  const message = { address: 'ik.service.token', headers: { token, action: 'next_cheque_number' } }
  const heard = await send({ method: 'POST', path: '/tsrv', body: JSON.stringify(message) })
  send.close()
  const { data } = JSON.parse('body' in heard ? heard.body : '{}')
  return data?.name ?? data
}

/** Numbers of the till's documents that the operator has, asked past every fault. */
async function atOperator(): Promise<number> {
  const { registers } = done(await shop.operator.registers({}))
  return registers.find(({ device }) => device === TILL)?.number ?? 0
}
const lastMade = () => shop.deviceDocuments().at(-1)?.number
const delivered = () =>
  until('все документы у оператора', async () => (await atOperator()) === lastMade() || undefined)

afterEach(() => shop.resetFaults())

test('sko.answer-lost: the command is carried out, and it turns out so', async () => {
  await shop.fault('sko.answer-lost', { count: 1 })
  const id = newId()
  done(await shop.register.begin(sale(id)))
  assert.equal(made(id).length, 1, 'the device made it before the line was cut')
  assert.equal((await settled(id)).state, 'registered')
  assert.equal(made(id).length, 1)
  assert.deepEqual((await shop.faults())['sko.answer-lost'], { count: 0 })
})

test('sko.request-lost: the device never hears of it, and an inquiry goes through', async () => {
  await shop.fault('sko.request-lost', { count: 1 })
  assert.equal(await nextNumber(FREE), 1)
  const id = newId()
  done(await shop.register.begin(sale(id)))
  const ended = await settled(id)
  assert.deepEqual([ended.state, ended.message?.code], ['failed', 'operation.never'])
  assert.deepEqual(made(id), [])
  assert.deepEqual((await shop.faults())['sko.request-lost'], { count: 0 })
})

test('sko.unplugged: the till’s device is gone, the other one stays', async () => {
  await shop.fault('sko.unplugged', { on: true })
  const id = newId()
  assert.equal(done(await shop.register.begin(sale(id))).state, 'waiting')
  done(await shop.register.continue({ id }))
  assert.equal((await view(id)).state, 'waiting')
  assert.equal(await nextNumber(FREE), 1)
  await shop.fault('sko.unplugged', { on: false })
  done(await shop.register.continue({ id }))
  assert.equal((await settled(id)).state, 'registered')
  assert.equal(made(id).length, 1)
})

for (const name of ['internet.down', 'operator.down'] as const) {
  test(`${name}: documents stay in the device, the cabinet is reached, all go later`, async () => {
    await delivered()
    const before = await atOperator()
    await shop.fault(name, { on: true })
    await sellBread(shop)
    const unsent = await until('неотправленный документ на кассе', async () => {
      const facts = done(await shop.register.facts({}))
      return facts.unsent ? facts.unsent : undefined
    })
    assert.equal(unsent, 1)
    assert.equal(await atOperator(), before)
    await shop.resetFaults()
    await delivered()
    assert.equal(await atOperator(), before + 1)
  })
}

test('printer.no-paper: the paper waits and comes out once', async () => {
  await shop.fault('printer.no-paper', { on: true })
  const { uid } = await sellBread(shop)
  const waiting = await until('принтер без бумаги', async () => {
    const { printer } = done(await shop.register.status({}))
    return printer.fault === null ? undefined : printer
  })
  assert.deepEqual(waiting, { waiting: 1, fault: 'no-paper' })
  const papersOf = async () =>
    (await shop.papers()).filter(({ lines }) => lines.join('\n').includes(String(uid)))
  assert.deepEqual(await papersOf(), [])
  await shop.fault('printer.no-paper', { on: false })
  await shop.paperWith(String(uid))
  assert.equal((await papersOf()).length, 1)
})

test('clock: every process sees the time at once, and a reset does not take it back', async () => {
  await shop.fault('clock', { advanceHours: 25, advanceSeconds: 30 })
  const ahead = Date.now() + 25 * HOUR
  // The cashier's session is over by now, and so is the shift's day.
  assert.equal((await shop.register.status({})).kind, 'refused')
  done(await shop.register.signIn({ user: 'Анна', pin: '1111' }))
  const { now, shift, cash } = done(await shop.register.status({}))
  assert.ok(now >= ahead && shift?.mustClose, 'the register’s time')
  await carryOut(shop, 'withdrawal', { sum: cash })
  await carryOut(shop, 'shift-closing')
  const { uid } = await carryOut(shop, 'shift-opening')
  assert.ok((shop.deviceDocuments().at(-1)?.at ?? 0) >= ahead, 'the device’s time')
  done(await shop.operator.signIn({ email: 'client@demo.by', password: 'demo' }))
  await delivered()
  const { registers } = done(await shop.operator.registers({}))
  const heardAt = registers.find(({ device }) => device === TILL)?.heardAt ?? 0
  assert.ok(heardAt >= ahead, 'the operator’s time')
  assert.ok((await shop.paperWith(String(uid))).at >= ahead, 'the stand’s time')

  assert.deepEqual((await shop.faults()).clock, { advanceHours: 25, advanceSeconds: 30 })
  await shop.resetFaults()
  assert.deepEqual((await shop.faults()).clock, { advanceHours: 0 })
  assert.ok(done(await shop.register.status({})).now >= ahead)
  await shop.kill('register')
  await shop.start('register')
  assert.ok(done(await shop.register.status({})).now >= ahead, 'and after a restart')
})

test('R19: an older database of the register is put back; the device knows more', async () => {
  await carryOut(shop, 'deposit', { sum: 1000 })
  const { cash } = done(await shop.register.facts({}))
  const copy = await shop.backup()
  await carryOut(shop, 'deposit', { sum: 700 })
  await shop.restore(copy)
  const facts = await until('касса слышит СКО', async () => {
    const now = done(await shop.register.facts({}))
    return now.skoCash === null ? undefined : now
  })
  assert.deepEqual([facts.cash, facts.skoCash, facts.discrepancy], [cash, cash + 700, 700])
  const unknown = await shop.standApi.restore({ id: '404' })
  assert.ok(unknown.kind === 'invalid' && unknown.field === 'id')
})
