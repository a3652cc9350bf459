import assert from 'node:assert/strict'
import { test } from 'node:test'
import { customerView } from '#core/api/customer-view.ts'
import type { Goods, OperationView } from '#core/api/register.ts'
import { operationId } from '#core/id.ts'
import { kopecks, type Thousandths, thousandths, ZERO } from '#core/money.ts'
import { addGoods, type Basket, changeLine, emptyBasket } from '../basket.ts'
import { type Route, routeOf } from '../routes.ts'
import { customerViewOf } from './customer-view.ts'

const id = operationId('01900000-0000-7000-8000-000000000001')
assert.ok(id)
const saleId = id

const curd: Goods = {
  id: 1,
  name: 'Творог',
  code: null,
  price: kopecks(1190),
  vat: 10,
  unit: 'kg',
  group: '',
  marking: 'none',
  colour: null,
  picture: null,
}
const rung = (basket: Basket, quantity: Thousandths): Basket =>
  addGoods(basket, { item: curd, quantity, newId: () => saleId })?.basket ?? basket

const anna = {
  user: 'Анна',
  role: 'cashier',
  rights: [],
  discountPercent: 0,
  language: null,
} as const
const basket = rung(emptyBasket, thousandths(540))
const at = (hash: string): Route => routeOf(hash)
const page = { session: anna, status: null, basket, ended: null }
const sold = {
  id: saleId,
  kind: 'sale',
  sum: kopecks(643),
  change: kopecks(357),
  payments: [{ means: 'cash', sum: kopecks(1000) }],
  uid: 'A'.repeat(24),
} as unknown as OperationView

test('N13: the receipt that is rung up is shown with its lines and its sum', () => {
  const view = customerViewOf(page, at('#/sale'))
  assert.deepEqual(view, {
    at: 'basket',
    lines: [{ name: 'Творог', quantity: 540, unit: 'kg', sum: 643 }],
    sum: 643,
    discount: 0,
    place: null,
    language: 'ru',
  })
  assert.equal(customerView.safeParse(JSON.parse(JSON.stringify(view))).success, true)
})

test('a sum that makes no sense yet is not shown as one', () => {
  const wrong = changeLine(basket, basket.lines[0]?.key ?? 0, { wrong: '0,0' })
  const view = customerViewOf(Object.assign({}, page, { basket: wrong }), at('#/sale'))
  assert.equal(view?.at === 'basket' && view.sum, null)
})

test('what was paid is shown with change and receipt, and only while its screen is', () => {
  const after = Object.assign({}, page, { basket: emptyBasket, ended: sold })
  const view = customerViewOf(after, at(`#/done/${saleId}`))
  assert.deepEqual(view?.at === 'paid' && [view.sum, view.change, view.uid], [
    643,
    357,
    'A'.repeat(24),
  ])
  assert.equal(customerViewOf(after, at('#/sale'))?.at, 'idle')
  assert.equal(customerViewOf(after, at('#/done/other'))?.at, 'idle')
  const byCard = Object.assign({}, sold, { payments: [{ means: 'card', sum: 643 }], change: ZERO })
  const card = customerViewOf(Object.assign({}, after, { ended: byCard }), at(`#/done/${saleId}`))
  assert.equal(card?.at === 'paid' && card.change, null)
  const moved = Object.assign({}, sold, { kind: 'deposit' })
  const none = customerViewOf(Object.assign({}, after, { ended: moved }), at(`#/done/${saleId}`))
  assert.equal(none?.at, 'idle')
})

test('nobody’s receipts are shown once the cashier is out, nor on other screens of hers', () => {
  const out = Object.assign({}, page, { session: null })
  assert.equal(customerViewOf(out, at('#/sale'))?.at, 'idle')
  assert.equal(customerViewOf(Object.assign({}, page, { session: undefined }), at('#/sale')), null)
  for (const hash of ['#/menu', '#/receipts', '#/settings', '#/done/x']) {
    assert.equal(customerViewOf(page, at(hash))?.at, 'idle', hash)
  }
})
