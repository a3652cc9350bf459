import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { kopecks, MAX_QUANTITY, MAX_SUM, thousandths } from '../money.ts'
import { vatRates } from './kinds.ts'
import { type Basket, settle, spread, totals } from './totals.ts'

const anySum = fc.integer({ min: 0, max: MAX_SUM }).map(kopecks)
const smallSum = fc.integer({ min: 0, max: 3000 }).map(kopecks)
const anyLine = fc.record({
  name: fc.constant('Товар'),
  code: fc.constant(null),
  price: fc.oneof(smallSum, anySum),
  quantity: fc.integer({ min: 1, max: MAX_QUANTITY }).map(thousandths),
  discount: smallSum,
  markup: smallSum,
  vat: fc.constantFrom(...vatRates, null),
})
const anyBasket = fc.record({
  lines: fc.array(anyLine, { minLength: 1, maxLength: 12 }),
  discount: smallSum,
  markup: smallSum,
})

const sum = (values: readonly number[]) => values.reduce((a, b) => a + BigInt(b), 0n)
const halfUp = (above: bigint, below: bigint) => (2n * above + below) / (2n * below)

/** Totals by another way: integers without bounds, one expression per figure. */
function independent({ lines, discount, markup }: Basket) {
  const costs = lines.map((line) => halfUp(BigInt(line.price) * BigInt(line.quantity), 1000n))
  const lineTotals = lines.map(
    (line, i) => (costs[i] ?? 0n) - BigInt(line.discount) + BigInt(line.markup),
  )
  const subtotal = lineTotals.reduce((a, b) => a + b, 0n)
  return { costs, lineTotals, total: subtotal - BigInt(discount) + BigInt(markup) }
}

test('totals agree with arithmetic that has no bounds', () => {
  fc.assert(
    fc.property(anyBasket, (basket) => {
      const result = totals(basket)
      const expected = independent(basket)
      if ('fault' in result) {
        const cost = expected.costs.reduce((a, b) => a + b, 0n)
        const figures = [...expected.costs, ...expected.lineTotals, expected.total, cost]
        const wrong = figures.some((figure) => figure < 0n || figure > BigInt(MAX_SUM))
        const nothing = expected.costs.some((cost) => cost === 0n) || expected.total === 0n
        assert.ok(wrong || nothing, result.fault)
        return
      }
      assert.deepEqual(result.costs.map(BigInt), expected.costs)
      assert.deepEqual(result.lineTotals.map(BigInt), expected.lineTotals)
      assert.equal(BigInt(result.total), expected.total)
      assert.equal(BigInt(result.cost - result.discounts + result.markups), expected.total)
    }),
    { numRuns: 300 },
  )
})

test('the groups of VAT add up to the total, each with the tax inside it', () => {
  fc.assert(
    fc.property(anyBasket, (basket) => {
      const result = totals(basket)
      fc.pre(!('fault' in result))
      assert.equal(sum(result.vat.map(({ gross }) => gross)), BigInt(result.total))
      const rates = result.vat.map(({ rate }) => rate)
      assert.deepEqual(new Set(rates), new Set(basket.lines.map((line) => line.vat)))
      assert.equal(new Set(rates).size, rates.length)
      for (const { rate, gross, vat } of result.vat) {
        const percent = BigInt(rate ?? 0)
        assert.equal(BigInt(vat), halfUp(BigInt(gross) * percent, 100n + percent))
      }
    }),
  )
})

test('the parts of a sum add up to it, each within a kopeck of its share', () => {
  const weights = fc.array(fc.oneof(smallSum, anySum), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(fc.oneof(smallSum, anySum), weights, (total, shares) => {
      const parts = spread(total, shares)
      const whole = sum(shares)
      assert.equal(sum(parts), BigInt(total))
      if (whole === 0n) return
      for (const [i, part] of parts.entries()) {
        const away = BigInt(part) * whole - BigInt(total) * BigInt(shares[i] ?? 0)
        assert.ok((away < 0n ? -away : away) < whole, `part ${i}: ${part}`)
        assert.ok(part >= 0)
      }
    }),
  )
})

test('a discount spread over lines never makes a line cost less than nothing', () => {
  fc.assert(
    fc.property(fc.array(smallSum, { minLength: 1, maxLength: 12 }), fc.nat(), (lines, less) => {
      const whole = lines.reduce((a, b) => a + b, 0)
      const parts = spread(kopecks(Math.max(0, whole - less)), lines)
      for (const [i, part] of parts.entries()) assert.ok(part >= 0 && part <= (lines[i] ?? 0))
    }),
  )
})

test('what is settled adds up, and change never comes out of card money', () => {
  const payment = fc.record({ means: fc.constantFrom('cash', 'card', 'other'), sum: smallSum })
  fc.assert(
    fc.property(smallSum, fc.array(payment, { maxLength: 5 }), (total, payments) => {
      const settled = settle(total, payments)
      const paid = Number(sum(payments.map((each) => each.sum)))
      if ('fault' in settled) return
      assert.equal(settled.cash + settled.card + settled.other, paid)
      assert.equal(paid - settled.change, total)
      assert.ok(settled.change >= 0 && settled.change <= settled.cash)
      assert.ok(settled.card + settled.other <= total)
    }),
    { numRuns: 500 },
  )
})

test('cash that covers the rest always settles', () => {
  fc.assert(
    fc.property(smallSum, smallSum, fc.nat(5000), (cash, card, extra) => {
      fc.pre(cash > 0)
      const settled = settle(kopecks(cash + card), [
        { means: 'card', sum: card },
        { means: 'cash', sum: kopecks(cash + extra) },
      ])
      assert.deepEqual(settled, { cash: cash + extra, card, other: 0, change: extra })
    }),
  )
})
