import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTill } from '#test/till.ts'

const ID = '0197a2b4-3333-7000-8000-000000000001'
const button = {
  title: 'Пенсионер',
  kind: 'percent',
  value: 500,
  reason: 'Удостоверение',
  on: 'line',
}

test('N10: discounts are changed by right, read by everybody and journaled', async () => {
  const till = await openTill()
  const put = (buttons: object[], as = 'Ольга') =>
    till.ask('PUT', '/api/discounts', { as, body: { buttons } })
  assert.equal((await put([button], 'Анна')).status, 403)
  assert.equal((await put([{ ...button, value: 10_001 }])).status, 400, 'over a hundred percent')
  assert.equal((await put([{ ...button, value: 0 }])).status, 400)
  assert.equal((await put([button])).status, 200)
  await till.restart()
  assert.deepEqual((await till.ask('GET', '/api/discounts')).body.buttons, [button])
  const { acts } = (await till.ask('GET', '/api/acts?what=setting-changed', { as: 'Ольга' })).body
  assert.deepEqual(acts[0].facts.changes, [{ field: 'discounts', from: [], to: ['Пенсионер 5%'] }])
})

test('N10: the reason of a discount stays with the receipt and with the acts', async () => {
  const till = await openTill()
  await till.begin('shift-opening')
  const lines = [
    { name: 'Хлеб', price: 255, quantity: 1000, discount: 13, reason: 'Удостоверение' },
    { name: 'Соль', price: 100, quantity: 1000, reason: 'Скидки нет, и причины нет' },
  ]
  const payments = [{ means: 'cash', sum: 400 }]
  const body = { id: ID, kind: 'sale', lines, payments }
  const more = { discount: 2, reason: 'Округление' }
  const sold = await till.ask('POST', '/api/operations', {
    as: 'Ольга',
    body: { ...body, ...more },
  })
  assert.equal(sold.body.state, 'registered')
  await till.restart()
  const reasons = [
    { line: 0, reason: 'Удостоверение', sum: 13 },
    { line: null, reason: 'Округление', sum: 2 },
  ]
  assert.deepEqual((await till.ask('GET', `/api/operations/${ID}`)).body.reasons, reasons)
  const { acts } = (await till.ask('GET', '/api/acts?what=discounted', { as: 'Ольга' })).body
  assert.deepEqual(
    [acts[0].person, acts[0].facts.subject, acts[0].facts.sum, acts[0].facts.operation],
    ['Ольга', 'Удостоверение, Округление', 15, ID],
  )
})
