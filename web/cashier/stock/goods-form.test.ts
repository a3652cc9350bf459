import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { goodsForm } from '#core/api/register-stock.ts'
import { kopecks } from '#core/money.ts'
import { stockRu } from '#core/words/stock/ru.ts'
import { tillRu } from '#core/words/till/ru.ts'
import { doubtfulCode, formOf, newGoods, typedOf, withCode } from './goods-form.ts'

const read = (change: object) => formOf({ ...newGoods(''), ...change }, stockRu, tillRu.typed)
const whole = { name: ' Хлеб ', price: '1,98', group: 'Хлеб' }

test('what is typed becomes goods, several codes parted by anything', () => {
  assert.deepEqual(read({ ...whole, codes: '4810000000018; 00017,00017' }), {
    form: {
      name: 'Хлеб',
      group: 'Хлеб',
      codes: ['4810000000018', '00017'],
      price: kopecks(198),
      unit: 'piece',
      vat: 20,
      favourite: false,
      marking: 'none',
      colour: null,
      picture: null,
    },
  })
})

test('each fault stands at its field, all of them at once', () => {
  assert.deepEqual(read({}), {
    faults: { name: stockRu.missing, group: stockRu.missing, price: stockRu.missing },
  })
  assert.deepEqual(read({ ...whole, price: 'хлеб' }), { faults: { price: tillRu.typed.sumLike } })
  const codes = Array.from({ length: 21 }, (_, at) => `code${at}`).join(' ')
  assert.deepEqual(read({ ...whole, codes }), { faults: { codes: stockRu.tooMany } })
})

test('what stands in the form is what was read from it', () => {
  const price = fc.integer({ min: 1, max: 99_999_999 })
  fc.assert(
    fc.property(price, fc.constantFrom(0, 10, 20, 25, null), (sum, vat) => {
      const form = goodsForm.parse({
        name: 'Сыр',
        codes: ['00017'],
        price: sum,
        vat,
        unit: 'kg',
        group: 'Сыр',
        favourite: true,
      })
      assert.deepEqual(formOf(typedOf(form), stockRu, tillRu.typed), { form })
    }),
  )
})

test('a scanned code stands behind the others, once', () => {
  assert.equal(withCode('', '00017'), '00017')
  assert.equal(withCode(' 00017 ', '4810000000018'), '00017 4810000000018')
  assert.equal(withCode('00017', '00017'), '00017')
})

test('a code with a wrong check digit is doubted, the shop’s own is not', () => {
  assert.equal(doubtfulCode('00017 4810000000018'), undefined)
  assert.equal(doubtfulCode('00017 4810000000019'), '4810000000019')
})
