import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoPeople } from '#core/demo/shop.ts'
import { enrolledWith, newKey } from './enrolment.ts'
import { memoryBank } from './memory-bank.ts'
import { memoryOperator } from './memory-operator.ts'
import { pageOf } from './page.ts'
import { openPrinter, openReader } from './peripherals.ts'
import { openShop } from './shop.ts'
import { openWire } from './wire.ts'

/** A shop that is started, with a shift opened by the cashier's page. */
async function aShop() {
  const now = () => Date.UTC(2026, 10, 23, 9)
  const key = newKey()
  const shop = openShop({
    time: { now, elapsed: now, rest: async () => {}, chance: () => 0, repeat: () => null },
    wire: openWire,
    operator: memoryOperator(Date.now, enrolledWith(key)),
    bank: memoryBank(now),
    key,
    reader: () => openReader().read,
    print: openPrinter().print,
  })
  await shop.start()
  const ask = pageOf(shop.wires.page, demoPeople.cashier)
  let made = 0
  const begin = (kind: string, more: object = {}) => {
    made += 1
    const id = `0197a2b4-0000-7000-8000-${String(made).padStart(12, '0')}`
    return ask('POST', '/api/operations', { id, kind, ...more })
  }
  assert.equal((await begin('shift-opening'))?.body.state, 'registered')
  return { shop, ask, begin }
}

test('a document goes from the page to the operator, and a dead shop goes on', async () => {
  const { shop, ask, begin } = await aShop()
  for (const process of Object.values(shop.processes)) process.kill()
  assert.equal(await ask('GET', '/api/status'), null, 'nobody is there')
  await shop.start()
  assert.equal((await begin('deposit', { sum: 500 }))?.body.state, 'registered')
  const [courier] = shop.sko.app?.couriers ?? []
  while ((await courier?.step()) === 0);
  const [shelf] = shop.operator.disk.values()
  assert.deepEqual([shelf?.head.number, shelf?.documents.length], [2, 2])
})

test('a device that is pulled out makes no document', async () => {
  const { shop, begin } = await aShop()
  shop.device.plugged = false
  assert.notEqual((await begin('deposit', { sum: 500 }))?.body.state, 'registered')
  assert.equal(shop.sko.disk.prepare('select count(*) n from document').get()?.n, 1)
})

test('people are signed in by their role', async () => {
  const { shop } = await aShop()
  const body = { id: '0197a2b4-0000-7000-8000-000000000999', discrepancy: 0 }
  const correct = (role: 'cashier' | 'administrator') =>
    pageOf(shop.wires.page, demoPeople[role])('POST', '/api/corrections', body)
  const [cashier, administrator] = [await correct('cashier'), await correct('administrator')]
  assert.notEqual(cashier?.body.code, administrator?.body.code)
})
