import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  add,
  formatMoney,
  formatQuantity,
  kopecks,
  MAX_QUANTITY,
  MAX_SUM,
  negate,
  parseBalance,
  parseMoney,
  parseQuantity,
  proportion,
  subtract,
  thousandths,
} from './money.ts'

const anySum = fc.integer({ min: 0, max: MAX_SUM })
const safe = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })

test('what was printed as money reads back as the same sum, with a dot or a comma', () => {
  fc.assert(
    fc.property(anySum, (sum) => {
      const text = formatMoney(sum)
      assert.match(text, /^\d+\.\d\d$/)
      assert.equal(parseMoney(text), sum)
      assert.equal(parseMoney(` ${text.replace('.', ',')} `), sum)
    }),
  )
})

test('what was printed as a quantity reads back as the same quantity', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: MAX_QUANTITY }), (quantity) => {
      const text = formatQuantity(quantity)
      assert.match(text, /^\d+\.\d{3}$/)
      assert.equal(parseQuantity(text), quantity)
    }),
  )
})

test('any text is a sum within bounds or none', () => {
  const typed = fc.string({ unit: fc.constantFrom(...'0123456789.,- \u00a0e') })
  fc.assert(
    fc.property(typed, (text) => {
      const sum = parseMoney(text)
      assert.ok(sum === null || (Number.isSafeInteger(sum) && sum >= 0 && sum <= MAX_SUM))
    }),
  )
})

test('a proportion is the nearest whole number, a half goes up', () => {
  fc.assert(
    fc.property(safe, fc.integer({ min: 0, max: MAX_QUANTITY }), safe, (a, b, d) => {
      const divisor = d + 1
      const exact = BigInt(a) * BigInt(b)
      const nearest = (2n * exact + BigInt(divisor)) / (2n * BigInt(divisor))
      fc.pre(nearest <= BigInt(Number.MAX_SAFE_INTEGER) && divisor <= Number.MAX_SAFE_INTEGER)
      assert.equal(BigInt(proportion(a, b, divisor)), nearest)
    }),
  )
})

test('halves go up on both sides of the border between quick and exact arithmetic', () => {
  assert.equal(proportion(1, 500, 1000), 1)
  assert.equal(proportion(1, 499, 1000), 0)
  assert.equal(proportion(101, 500, 1000), 51)
  assert.equal(proportion(9_007_199_254_740_991, 1, 2), 4_503_599_627_370_496)
  // 2 × product + divisor would not be a safe integer here, although the product is.
  assert.equal(proportion(2 ** 51 - 1, 1, Number.MAX_SAFE_INTEGER), 0)
  assert.equal(proportion(1, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER - 1), 1)
  assert.throws(() => proportion(-1, 1, 1))
  assert.throws(() => proportion(1, 1, 0))
})

test('sums add up and take away exactly, and zero has no sign', () => {
  const sum = fc.integer({ min: -MAX_SUM, max: MAX_SUM })
  fc.assert(
    fc.property(sum, sum, (a, b) => {
      assert.equal(subtract(add(kopecks(a), kopecks(b)), kopecks(b)), a)
      assert.equal(add(kopecks(a), negate(kopecks(a))), 0)
    }),
  )
  assert.ok(Object.is(negate(kopecks(0)), 0))
  assert.equal(add(), 0)
})

test('a fraction of a kopeck or of a thousandth is a programmer’s error', () => {
  for (const wrong of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
    assert.throws(() => kopecks(wrong), /whole kopecks/)
    assert.throws(() => thousandths(wrong), /whole thousandths/)
  }
})

test('a discrepancy prints with its sign', () => {
  assert.equal(formatMoney(-5), '-0.05')
  assert.equal(formatMoney(-12_345), '-123.45')
  assert.equal(formatMoney(0), '0.00')
})

test('what people type for money', () => {
  assert.equal(parseMoney('5'), 500)
  assert.equal(parseMoney('5.5'), 550)
  assert.equal(parseMoney('5,50'), 550)
  assert.equal(parseMoney('.5'), 50)
  assert.equal(parseMoney('5.'), 500)
  assert.equal(parseMoney('1 234\u00a0567,89'), 123_456_789)
  assert.equal(parseMoney('99999999999.99'), MAX_SUM)
  for (const wrong of ['', '.', '-1', '5.555', '1e3', '0x10', '1.2.3', 'пять', '100000000000']) {
    assert.equal(parseMoney(wrong), null, wrong)
  }
})

test('what people type for a quantity', () => {
  assert.equal(parseQuantity('2'), 2000)
  assert.equal(parseQuantity('0,342'), 342)
  assert.equal(parseQuantity('9999.999'), MAX_QUANTITY)
  for (const wrong of ['', '0.3425', '10000', '-1']) assert.equal(parseQuantity(wrong), null, wrong)
})

test('a balance is read as it is written, below zero too', () => {
  fc.assert(
    fc.property(fc.integer({ min: -99_999_999_999_999, max: 99_999_999_999_999 }), (sum) => {
      assert.equal(parseBalance(formatMoney(sum)), kopecks(sum))
    }),
  )
  for (const text of ['', '-', '--1.00', '1-', '1.234', 'нет']) {
    assert.equal(parseBalance(text), null, text)
  }
})
