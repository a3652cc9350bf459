import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kopecks, MAX_QUANTITY, MAX_SUM, thousandths, ZERO } from '../money.ts'
import type { Means, VatRate } from './kinds.ts'
import { type Basket, type Line, lineCost, settle, spread, totals, vatInside } from './totals.ts'

const line = (change: Partial<Line> = {}): Line => ({
  name: 'Хлеб «Нарочанский край»',
  code: null,
  price: kopecks(1000),
  quantity: thousandths(1000),
  discount: ZERO,
  markup: ZERO,
  vat: 20,
  ...change,
})
const basket = (lines: Line[], change: Partial<Basket> = {}): Basket => ({
  lines,
  discount: ZERO,
  markup: ZERO,
  ...change,
})
const computed = (given: Basket) => {
  const result = totals(given)
  assert.ok(!('fault' in result), 'fault' in result ? result.fault : '')
  return result
}
const pay = (...pairs: [Means, number][]) =>
  pairs.map(([means, sum]) => ({ means, sum: kopecks(sum) }))

test('real weighed lines cost what their receipts say', () => {
  for (const [price, grams, cost] of [
    [1577, 562, 886],
    [2199, 488, 1073],
    [1739, 555, 965],
    [1, 500, 1],
    [1, 499, 0],
    [101, 500, 51],
  ] as const) {
    assert.equal(lineCost(kopecks(price), thousandths(grams)), cost, `${price} × ${grams}`)
  }
})

test('VAT inside a gross sum, half a kopeck going up', () => {
  const rows: [number, VatRate, number][] = [
    [5280, 20, 880],
    [11_000, 10, 1000],
    [100, 20, 17],
    [5, 20, 1],
    [3, 20, 1],
    [1, 20, 0],
    [12_500, 25, 2500],
    [999, 10, 91],
    [1283, 10, 117],
    [1283, 0, 0],
    [1283, null, 0],
  ]
  for (const [gross, rate, vat] of rows) {
    assert.equal(vatInside(kopecks(gross), rate), vat, `${gross} at ${rate}`)
  }
})

test('a basket adds up line by line and per rate, «без НДС» apart from 0 %', () => {
  const result = computed(
    basket([
      line({ vat: 20, discount: kopecks(100) }),
      line({ vat: null, markup: kopecks(50) }),
      line({ vat: 0 }),
      line({ vat: 10, price: kopecks(1577), quantity: thousandths(562) }),
    ]),
  )
  assert.deepEqual(result, {
    costs: [1000, 1000, 1000, 886],
    lineTotals: [900, 1050, 1000, 886],
    cost: 3886,
    discounts: 100,
    markups: 50,
    total: 3836,
    vat: [
      { rate: null, gross: 1050, vat: 0 },
      { rate: 0, gross: 1000, vat: 0 },
      { rate: 10, gross: 886, vat: 81 },
      { rate: 20, gross: 900, vat: 150 },
    ],
  })
})

test('the receipt’s own discount and markup are spread over the rates', () => {
  const lines = [line({ vat: 20 }), line({ vat: 10, price: kopecks(2000) })]
  const less = computed(basket(lines, { discount: kopecks(100) }))
  assert.equal(less.total, 2900)
  assert.equal(less.discounts, 100)
  assert.deepEqual(
    less.vat.map(({ gross }) => gross),
    [1933, 967],
  )
  const more = computed(basket(lines, { markup: kopecks(100) }))
  assert.equal(more.total, 3100)
  assert.equal(more.markups, 100)
})

test('VAT is taken once per rate: a hundred lines of a kopeck do not lose it', () => {
  const result = computed(basket(Array.from({ length: 100 }, () => line({ price: kopecks(1) }))))
  assert.deepEqual(result.vat, [{ rate: 20, gross: 100, vat: 17 }])
})

test('a line may be free when the receipt is not', () => {
  const result = computed(basket([line({ discount: kopecks(1000) }), line()]))
  assert.deepEqual(result.lineTotals, [0, 1000])
})

test('a basket that cannot be sold is refused in the device’s own words, naming the line', () => {
  const huge = line({ price: MAX_SUM })
  const dear = { price: kopecks(MAX_SUM + 1) }
  const minus = kopecks(-1)
  const rows: [Basket, string, number | undefined][] = [
    [basket([]), 'TIN_NO_ITEMS', undefined],
    [basket([line(), line({ quantity: thousandths(0) })]), 'TIN_ZERO_QUANTITY', 1],
    [basket([line({ quantity: thousandths(-1) })]), 'TIN_ZERO_QUANTITY', 0],
    [basket([line({ quantity: thousandths(10_000_000) })]), 'TIN_QUANTITY_OVERFLOW', 0],
    [basket([line({ price: minus })]), 'TIN_NEGATIVE_SUM', 0],
    [basket([line({ discount: minus })]), 'TIN_NEGATIVE_SUM', 0],
    [basket([line({ markup: minus })]), 'TIN_NEGATIVE_SUM', 0],
    [basket([line({ discount: kopecks(1001) })]), 'TIN_NEGATIVE_SUM', 0],
    [basket([line({ price: kopecks(1), quantity: thousandths(499) })]), 'TIN_ZERO_SUM', 0],
    [basket([line({ price: ZERO })]), 'TIN_ZERO_SUM', 0],
    [basket([line({ ...huge, quantity: thousandths(1001) })]), 'TIN_SUM_OVERFLOW', 0],
    [basket([line({ ...dear, quantity: thousandths(1) })]), 'TIN_SUM_OVERFLOW', 0],
    [basket([line({ markup: kopecks(MAX_SUM + 1) })]), 'TIN_SUM_OVERFLOW', 0],
    [basket([line({ discount: kopecks(MAX_SUM + 1), markup: MAX_SUM })]), 'TIN_SUM_OVERFLOW', 0],
    [basket([line()], { discount: minus }), 'TIN_NEGATIVE_SUM', undefined],
    [basket([line()], { markup: minus }), 'TIN_NEGATIVE_SUM', undefined],
    [basket([line()], { discount: kopecks(1001) }), 'TIN_NEGATIVE_SUM', undefined],
    [basket([line()], { discount: kopecks(1000) }), 'TIN_ZERO_SUM', undefined],
    [basket([huge, line()]), 'TIN_SUM_OVERFLOW', undefined],
    [basket([line()], { markup: kopecks(MAX_SUM + 1) }), 'TIN_SUM_OVERFLOW', undefined],
  ]
  for (const [given, fault, at] of rows) {
    const result = totals(given)
    assert.ok('fault' in result, fault)
    assert.deepEqual([result.fault, result.line], [fault, at])
  }
  assert.equal(computed(basket([huge])).total, MAX_SUM)
})

test('no figure of a receipt is above the largest sum, though its total be below', () => {
  const free = line({ price: MAX_SUM, discount: MAX_SUM })
  const half = kopecks((MAX_SUM + 1) / 2)
  const more = line({ price: half, discount: half, markup: half })
  const rows: [Basket, 'discount' | 'markup'][] = [
    [basket([more, line()], { discount: half }), 'discount'],
    [basket([line({ markup: half })], { markup: half }), 'markup'],
    [basket([line({ price: MAX_SUM })], { markup: kopecks(1) }), 'markup'],
  ]
  for (const [given, field] of rows) {
    assert.deepEqual(totals(given), { fault: 'TIN_SUM_OVERFLOW', field })
  }
  assert.deepEqual(totals(basket([free, line()])), { fault: 'TIN_SUM_OVERFLOW' })
})

test('a cost that no document can have is told as just above the largest', () => {
  assert.equal(lineCost(MAX_SUM, MAX_QUANTITY), MAX_SUM + 1)
})

test('the largest remainder takes the kopeck, the first among equals', () => {
  const weights = (...values: number[]) => values.map(kopecks)
  assert.deepEqual(spread(kopecks(100), weights(1, 1, 1)), [34, 33, 33])
  assert.deepEqual(spread(kopecks(10), weights(1, 2, 4)), [1, 3, 6])
  assert.deepEqual(spread(kopecks(7), weights(0, 5, 0)), [0, 7, 0])
  assert.deepEqual(spread(kopecks(7), weights(0, 0)), [7, 0])
  assert.deepEqual(spread(ZERO, weights(3, 4)), [0, 0])
  assert.deepEqual(spread(ZERO, []), [])
  assert.throws(() => spread(kopecks(-1), weights(1)))
  assert.throws(() => spread(kopecks(1), weights(-1, 2)))
})

test('change is given of cash alone', () => {
  assert.deepEqual(settle(kopecks(1000), pay(['cash', 2000])), {
    cash: 2000,
    card: 0,
    other: 0,
    change: 1000,
  })
  assert.deepEqual(settle(kopecks(1000), pay(['card', 400], ['other', 100], ['cash', 600])), {
    cash: 600,
    card: 400,
    other: 100,
    change: 100,
  })
})

test('payments of one means are taken together', () => {
  const settled = settle(kopecks(1000), pay(['card', 300], ['card', 200], ['cash', 500]))
  assert.deepEqual(settled, { cash: 500, card: 500, other: 0, change: 0 })
})

test('payments that do not settle a document are refused in the device’s own words', () => {
  const rows: [[Means, number][], string][] = [
    [[], 'TIN_NOT_ENOUGH_MONEY'],
    [[['cash', 999]], 'TIN_NOT_ENOUGH_MONEY'],
    [[['card', 1001]], 'TIN_CASHLESS_OVERFLOW'],
    [
      [
        ['card', 600],
        ['other', 401],
      ],
      'TIN_CASHLESS_OVERFLOW',
    ],
    [
      [
        ['card', 1000],
        ['cash', 1],
      ],
      'TIN_CASH_OVERFLOW',
    ],
    [
      [
        ['cash', 2000],
        ['card', -1],
      ],
      'TIN_NEGATIVE_SUM',
    ],
    [
      [
        ['cash', MAX_SUM],
        ['cash', 1],
      ],
      'TIN_SUM_OVERFLOW',
    ],
    [
      [
        ['card', MAX_SUM],
        ['other', 1],
      ],
      'TIN_SUM_OVERFLOW',
    ],
  ]
  for (const [pairs, fault] of rows) {
    assert.deepEqual(settle(kopecks(1000), pay(...pairs)), { fault }, JSON.stringify(pairs))
  }
  assert.ok(!('fault' in settle(kopecks(1000), pay(['cash', MAX_SUM]))))
})
