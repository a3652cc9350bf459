import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { gtinCheckDigit, isGtin, weightLabel } from './barcode.ts'

test('codes of every GTIN length are known by their check digit', () => {
  for (const code of ['96385074', '036000291452', '4006381333931', '10012345678902']) {
    assert.ok(isGtin(code), code)
  }
  assert.ok(isGtin('4810000000018') && isGtin('4810000000025'))
})

test('a code of another length or with a letter is none', () => {
  for (const wrong of ['', '1234567', '123456789', '400638133393X', '400638133393']) {
    assert.ok(!isGtin(wrong), wrong)
  }
})

test('a single wrong digit is always noticed', () => {
  const body = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 12, maxLength: 12 })
  const place = fc.integer({ min: 0, max: 12 })
  fc.assert(
    fc.property(body, place, fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
      const code = `${digits}${gtinCheckDigit(digits)}`
      assert.ok(isGtin(code))
      const other = (Number(code[at]) + by) % 10
      assert.ok(!isGtin(`${code.slice(0, at)}${other}${code.slice(at + 1)}`))
    }),
  )
})

test('a scale’s label tells the goods and the grams', () => {
  const label = (body: string) => weightLabel(`${body}${gtinCheckDigit(body)}`)
  assert.deepEqual(label('220123400342'), { ownCode: '01234', grams: 342 })
  assert.deepEqual(label('200000199999'), { ownCode: '00001', grams: 99_999 })
  assert.equal(label('481012340034'), null)
})

test('a label with a wrong check digit weighs nothing', () => {
  const body = '220123400342'
  const wrong = (gtinCheckDigit(body) + 1) % 10
  assert.equal(weightLabel(`${body}${wrong}`), null)
  assert.equal(weightLabel('22012340034'), null)
})
