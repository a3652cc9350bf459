import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Goods } from '#core/api/register.ts'
import { type OperationId, operationId } from '#core/id.ts'
import { kopecks, thousandths } from '#core/money.ts'
import {
  addGoods,
  adjustment,
  bringLineBack,
  changeLine,
  emptyBasket,
  isChanged,
  priced,
  readBasket,
  removeLine,
  saleRequest,
} from './basket.ts'

const bread: Goods = {
  id: 1,
  name: 'Хлеб',
  code: '4810000000017',
  price: kopecks(199),
  vat: 10,
  unit: 'piece',
  group: 'Хлеб',
  marking: 'none',
  colour: null,
  picture: null,
}
const cheese: Goods = { ...bread, id: 2, name: 'Сыр', price: kopecks(2190), unit: 'kg', vat: 20 }
const one = thousandths(1000)

function id(): OperationId {
  const made = operationId('01900000-0000-7000-8000-000000000001')
  assert.ok(made)
  return made
}
const put = (basket = emptyBasket, item = bread, quantity = one) =>
  addGoods(basket, { item, quantity, newId: id })?.basket ?? basket

test('the id is made with the first line and goes with the last', () => {
  const basket = put()
  assert.equal(basket.id, id())
  const { removed, ...left } = removeLine(basket, basket.lines[0]?.key ?? 0)
  assert.deepEqual({ ...left, removed: [] }, emptyBasket)
  assert.deepEqual(removed, basket.lines)
})

test('pieces of the same goods join, weighed ones and a changed price do not', () => {
  assert.equal(put(put()).lines.length, 1)
  assert.equal(put(put()).lines[0]?.quantity, 2000)
  assert.equal(put(put(emptyBasket, cheese), cheese).lines.length, 2)
  const dearer = changeLine(put(), 1, { price: kopecks(250) })
  assert.equal(put(dearer).lines.length, 2)
})

test('a line that would outgrow the largest quantity is followed by a new one', () => {
  const full = changeLine(put(), 1, { quantity: thousandths(9_999_999) })
  assert.equal(put(full).lines.length, 2)
})

test('a discount is a sum or a percentage rounded half-up', () => {
  const base = kopecks(1005)
  assert.equal(adjustment('', base), 0)
  assert.equal(adjustment('5', base), 500)
  assert.equal(adjustment('5,50', base), 550)
  assert.equal(adjustment('10%', base), 101)
  assert.equal(adjustment(' 2,5 % ', base), 25)
  assert.equal(adjustment('десять', base), null)
  assert.equal(adjustment('-5', base), null)
})

test('a percentage follows the quantity', () => {
  const basket = changeLine(put(), 1, { discount: '10%', quantity: thousandths(3000) })
  assert.equal(priced(basket).lines[0]?.discount, 60)
  assert.equal(priced(basket).totals?.total, 537)
})

test('what cannot be read or would make the receipt negative stops the payment', () => {
  assert.deepEqual(priced(changeLine(put(), 1, { discount: '5 руб' })).fault, { is: 'adjustment' })
  assert.deepEqual(priced(changeLine(put(), 1, { discount: '5' })).fault, {
    is: 'TIN_NEGATIVE_SUM',
  })
  assert.equal(priced({ ...put(), discount: '100%' }).totals, null)
})

test('a quantity that makes no sense stops the payment, over a reload too', () => {
  const basket = changeLine(put(), 1, { wrong: '99999' })
  assert.deepEqual(priced(basket).fault, { is: 'quantity', name: 'Хлеб' })
  assert.deepEqual(readBasket(JSON.parse(JSON.stringify(basket))), basket)
  const more = put(basket)
  const wrong = { is: 'quantity', name: 'Хлеб' }
  assert.deepEqual(priced(more).fault, wrong, 'one more is no correction')
  assert.equal(priced(changeLine(more, 1, { wrong: null })).fault, null)
})

test('each line keeps the price it was rung up with (R27)', () => {
  const basket = { ...changeLine(put(put(), cheese), 2, { price: kopecks(2000) }), id: id() }
  const { lines } = saleRequest(basket, [])
  assert.deepEqual(
    lines.map(({ price }) => price),
    [bread.price, 2000],
  )
})

test('a receipt is asked for with the grant that lets it pass', () => {
  const basket = { ...changeLine(put(), 1, { price: kopecks(100) }), id: id() }
  assert.equal('grant' in saleRequest(basket, []), false)
  assert.equal(saleRequest({ ...basket, grant: 'a word' }, []).grant, 'a word')
})

test('a basket is as the catalogue has it until somebody changes it', () => {
  assert.equal(isChanged(put()), false)
  assert.equal(isChanged(changeLine(put(), 1, { price: kopecks(100) })), true)
  assert.equal(isChanged(changeLine(put(), 1, { markup: '1' })), true)
  assert.equal(isChanged({ ...put(), discount: '5%' }), true)
})

test('a kept basket is read back whole, and anything else is not a basket', () => {
  const basket = { ...put(put(), cheese, thousandths(342)), discount: '5%', grant: 'a word' }
  assert.deepEqual(readBasket(JSON.parse(JSON.stringify(basket))), basket)
  assert.equal(readBasket(undefined), null)
  assert.equal(readBasket({ ...basket, lines: [{ key: 1 }] }), null)
  assert.equal(readBasket({ ...basket, id: 'x' }), null)
  assert.deepEqual(readBasket(JSON.parse(JSON.stringify(emptyBasket))), emptyBasket)
})

test('a line that was taken out comes back to its place, the last one first', () => {
  const basket = put(put(put(), cheese), cheese, thousandths(342))
  const less = removeLine(removeLine(basket, 2), 1)
  assert.deepEqual(
    less.lines.map(({ key }) => key),
    [3],
  )
  const kept = readBasket(JSON.parse(JSON.stringify(less)))
  assert.deepEqual(kept, less)
  const again = bringLineBack(bringLineBack(less, id), id)
  assert.deepEqual(again, basket)
  assert.deepEqual(bringLineBack(basket, id), basket, 'nothing was taken out')
  const gone = removeLine(put(), 1)
  assert.deepEqual(bringLineBack(gone, id), put(), 'the sale that was over begins again')
  assert.equal(put(gone).lines[0]?.key, 2, 'a line that may come back keeps its place')
})

test('what is too much for any document stops the payment, and the page goes on', () => {
  const dear = { ...cheese, price: kopecks(9_999_999_999_999) }
  const basket = put(emptyBasket, dear, thousandths(9_999_999))
  assert.equal(priced(basket).totals, null)
  assert.notEqual(priced(basket).fault, null)
  const many = Array.from({ length: 500 }).reduce<typeof basket>((full) => put(full, dear), basket)
  assert.equal(priced({ ...many, discount: '10%' }).totals, null)
  assert.equal(adjustment('99999999999%', kopecks(9_999_999_999_999)), null)
})

test('a receipt of 500 lines takes no other line, but more of what stands in it', () => {
  const lines = Array.from({ length: 500 }, (_, i) => ({ ...bread, id: i + 1 }))
  const full = lines.reduce((basket, item) => put(basket, item), emptyBasket)
  assert.equal(full.lines.length, 500)
  const quantity = thousandths(1000)
  assert.equal(addGoods(full, { item: { ...bread, id: 501 }, quantity, newId: id }), null)
  assert.equal(addGoods(full, { item: { ...bread, id: 7 }, quantity, newId: id })?.key, 7)
})

test('a line that comes to nothing is named (D10)', () => {
  const cheap = put(put(), { ...cheese, price: kopecks(1) }, thousandths(1))
  assert.deepEqual(priced(cheap).fault, { is: 'worthless', name: cheese.name })
})
