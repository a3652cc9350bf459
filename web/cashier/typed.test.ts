import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kopecks, MAX_QUANTITY } from '#core/money.ts'
import { tillRu } from '#core/words/till/ru.ts'
import { isUnusual, typedQuantity, typedSum } from './typed.ts'

const pieces = { unit: 'piece', min: 1, max: MAX_QUANTITY } as const
const weight = { unit: 'kg', min: 1, max: MAX_QUANTITY } as const
const rest = { unit: 'piece', min: 0, max: 2000 } as const

for (const [text, measure, means] of [
  ['2', pieces, 2000],
  ['9999', pieces, 9_999_000],
  ['99999', pieces, 'Не больше 9999.999'],
  ['99999999999999', pieces, 'Не больше 9999.999'],
  ['0', pieces, 'Больше нуля'],
  ['-1', pieces, 'Больше нуля'],
  ['', pieces, 'Укажите количество'],
  ['abc', pieces, 'Число, например 2'],
  ['1e3', pieces, 'Число, например 2'],
  ['.', pieces, 'Число, например 2'],
  ['1.5', pieces, 'Целое число штук'],
  ['1.2345', pieces, 'Целое число штук'],
  ['1,0', pieces, 1000],
  ['0,342', weight, 342],
  ['1.2345', weight, 'До трёх знаков после точки'],
  ['0.000', weight, 'Больше нуля'],
  ['kg', weight, 'Число, например 0.342'],
  ['0', rest, 0],
  ['3', rest, 'Не больше 2'],
  ['-1', rest, 'Не меньше нуля'],
  ['0.5', { ...rest, max: 500 }, 500],
] as const) {
  test(`«${text}» of ${measure.unit} up to ${measure.max} is ${means}`, () => {
    assert.equal(typedQuantity(text, measure, tillRu.typed), means)
  })
}

for (const [text, means] of [
  ['20', 2000],
  ['20,50', 2050],
  ['abc', 'Сумма в рублях, например 20 или 20.50'],
  ['', 'Сумма в рублях, например 20 или 20.50'],
  ['-5', 'Больше нуля'],
  ['0', 'Больше нуля'],
  ['1.001', 'До двух знаков после точки'],
  ['999999999999', 'Не больше 99999999999.99'],
] as const) {
  test(`the sum «${text}» is ${means}`, () => assert.equal(typedSum(text, tillRu.typed), means))
}

test('a sum is asked about once more from 100 000.00 on', () => {
  assert.deepEqual([9_999_999, 10_000_000].map(kopecks).map(isUnusual), [false, true])
})
