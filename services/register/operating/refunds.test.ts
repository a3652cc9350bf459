import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Payment } from '#core/document/totals.ts'
import { goods, openTill, type Till } from '#test/till.ts'

// N4: refund of any shift, in parts, never more than was sold; annulment of the very last sale.

async function aTill(): Promise<Till> {
  const till = await openTill()
  await till.begin('shift-opening')
  await till.begin('deposit', { sum: 10_000 })
  return till
}

const basket = {
  lines: [
    { name: 'Хлеб', price: 150, quantity: 3000, vat: 10 },
    { name: 'Сыр', code: '00017', price: 2199, quantity: 455, vat: 20 },
  ],
  discount: 100,
  payments: [{ means: 'cash', sum: 2000 }],
}

test('a refund in parts comes to what was paid, and no further', async () => {
  const till = await aTill()
  const sale = (await till.begin('sale', basket)).body
  const of = sale.id
  const bread = await till.begin('refund', { of, lines: [{ line: 0, quantity: 1000 }] })
  assert.equal(bread.body.state, 'registered')
  assert.equal(bread.body.document.basis.number, sale.number)
  const left = (await till.ask('GET', `/api/operations/${of}/refundable`)).body.lines
  assert.deepEqual(
    left.map((row: { left: number }) => row.left),
    [2000, 455],
  )
  const tooMuch = await till.begin('refund', { of, lines: [{ line: 0, quantity: 2001 }] })
  assert.equal(tooMuch.body.code, 'basis.exhausted')
  const byName = await till.begin('refund', { of, lines: [{ name: 'Хлеб', quantity: 500 }] })
  assert.equal(byName.body.state, 'registered')
  const byCode = await till.begin('refund', { of, lines: [{ code: '00017', quantity: 455 }] })
  assert.equal(byCode.body.state, 'registered')
  const rest = await till.begin('refund', { of })
  assert.equal(rest.body.document.lines[0].quantity, 1500)
  const sums = [bread, byName, byCode, rest].map(({ body }) => body.sum)
  assert.equal(
    sums.reduce((a, b) => a + b, 0),
    sale.sum,
  )
  assert.equal((await till.begin('refund', { of })).body.code, 'basis.exhausted')
  assert.equal((await till.facts()).cash, 10_000)
})

test('what is left of the money is told by the means it came by', async () => {
  const till = await aTill()
  const payments = [
    { means: 'other', sum: 100 },
    { means: 'cash', sum: 2000 },
  ]
  const { id: of, sum } = (await till.begin('sale', { ...basket, payments })).body
  const left = async () =>
    (await till.ask('GET', `/api/operations/${of}/refundable`)).body.payments as Payment[]
  assert.deepEqual(await left(), [
    { means: 'cash', sum: sum - 100 },
    { means: 'card', sum: 0 },
    { means: 'other', sum: 100 },
  ])
  const { payments: back } = (
    await till.begin('refund', { of, lines: [{ line: 0, quantity: 1000 }] })
  ).body
  const gone = (name: string) => back.find(({ means }: Payment) => means === name)?.sum ?? 0
  assert.deepEqual(await left(), [
    { means: 'cash', sum: sum - 100 - gone('cash') },
    { means: 'card', sum: 0 },
    { means: 'other', sum: 100 - gone('other') },
  ])
})

test('a sale of another shift is refunded, but not annulled', async () => {
  const till = await aTill()
  const { id: of } = (await till.begin('sale', goods(500))).body
  await till.begin('withdrawal', { sum: 10_500 })
  await till.begin('shift-closing')
  await till.begin('shift-opening')
  const late = await till.begin('annulment', { of })
  assert.equal(late.body.code, 'basis.not-last')
  assert.match(late.body.next, /«Возврат»/)
  assert.equal((await till.begin('refund', { of })).body.code, 'drawer.not-enough')
  await till.begin('deposit', { sum: 500 })
  assert.equal((await till.begin('refund', { of })).body.state, 'registered')
})

test('an annulment undoes the last sale whole, once, and leaves nothing to refund', async () => {
  const till = await aTill()
  const first = (await till.begin('sale', goods(500))).body
  const last = (await till.begin('sale', { ...basket })).body
  assert.equal((await till.begin('annulment', { of: first.id })).body.code, 'basis.not-last')
  const annulment = await till.begin('annulment', { of: last.id })
  assert.deepEqual([annulment.body.state, annulment.body.sum], ['registered', last.sum])
  assert.equal((await till.begin('annulment', { of: last.id })).body.code, 'basis.annulled')
  assert.equal((await till.begin('refund', { of: last.id })).body.code, 'basis.annulled')
  assert.equal((await till.facts()).cash, 10_500)
})

test('a refund that may turn out to have a document keeps its share of the sale', async () => {
  const till = await aTill()
  await till.clearing(false)
  const { id: of } = (await till.begin('sale', goods(500))).body
  await till.deliver()
  till.set({ answersLost: 1 })
  const refund = (await till.begin('refund', { of })).body
  assert.equal(refund.state, 'red')
  till.set({ skoSilent: true, operatorDown: true })
  const denied = await till.ask('POST', `/api/operations/${refund.id}/deny`, { body: {} })
  assert.deepEqual([denied.body.state, denied.body.proof], ['failed', 'unproved'])
  assert.equal((await till.begin('refund', { of })).body.code, 'basis.unproved')
  till.set({ skoSilent: false })
  assert.equal((await till.begin('refund', { of })).body.code, 'basis.exhausted')
  assert.equal((await till.view(refund.id)).state, 'registered')
})

test('a refund given up is made anew at once, as soon as the device can tell', async () => {
  const till = await aTill()
  const { id: of } = (await till.begin('sale', goods(500))).body
  till.set({ unplugged: true })
  const { id, state } = (await till.begin('refund', { of })).body
  assert.equal(state, 'waiting')
  await till.ask('POST', `/api/operations/${id}/give-up`, { body: {} })
  till.set({ unplugged: false })
  const [line] = (await till.ask('GET', `/api/operations/${of}/refundable`)).body.lines
  assert.equal(line.left, 1000)
  assert.equal((await till.begin('refund', { of })).body.state, 'registered')
})

test('only a sale that has its document can be undone', async () => {
  const till = await aTill()
  assert.equal((await till.begin('refund')).body.code, 'basis.missing')
  const deposit = (await till.begin('deposit', { sum: 5 })).body
  assert.equal((await till.begin('refund', { of: deposit.id })).body.code, 'basis.wrong')
  assert.equal((await till.begin('annulment', { of: deposit.id })).body.code, 'basis.wrong')
})
