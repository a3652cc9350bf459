import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { codesMeant, gtinCheckDigit, isGtin, weightLabel } from './barcode.ts'

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

test('a code of a length that no GTIN has is none, whatever its check digit says', () => {
  for (let length = 2; length <= 20; length++) {
    const body = '1'.repeat(length - 1)
    const isOfLength = [8, 12, 13, 14].includes(length)
    assert.equal(isGtin(`${body}${gtinCheckDigit(body)}`), isOfLength, `${length}`)
  }
})

test('a label among more digits is none', () => {
  const body = '220123400342'
  const code = `${body}${gtinCheckDigit(body)}`
  assert.equal(weightLabel(`0${code}`), null)
  assert.equal(weightLabel(`${code}0`), null)
})

test('a code is looked for as it is, without what is none of it, and with leading zeros', () => {
  assert.deepEqual(codesMeant('A-1'), ['A-1'])
  assert.deepEqual(codesMeant(' A 1'), [' A 1', 'A1'])
  assert.deepEqual(codesMeant('12A'), ['12A'])
  assert.deepEqual(codesMeant('A12'), ['A12'])
  const found = codesMeant('0036000291452')
  const forms = ['0036000291452', '36000291452', '036000291452', '00036000291452']
  assert.deepEqual(found, forms)
  assert.deepEqual(codesMeant('10012345678902'), ['10012345678902'])
  assert.equal(codesMeant('7').at(-1), '00000000000007')
  assert.deepEqual(codesMeant('123456789012345'), ['123456789012345'])
  assert.deepEqual(codesMeant('036 7').slice(0, 4), ['036 7', '0367', '367', '00367'])
})

test('a code is found under whatever symbology, prefix and keyboard it came', () => {
  const milk = '4819000200015'
  for (const scanned of [
    `]E0${milk}`,
    `ъУ0${milk}`,
    `\u001d01${`0${milk}`}215ABC\u001d91EE11`,
    `]d201${`0${milk}`}215ABC\u001d93dGVz`,
    `]C101${`0${milk}`}3103000250`,
    `(01)0${milk}(21)5`,
    `https://id.gs1.org/01/0${milk}/21/5`,
  ]) {
    assert.ok(codesMeant(scanned).includes(milk), JSON.stringify(scanned))
  }
  assert.ok(codesMeant('012345678905').includes('0012345678905'))
  assert.ok(codesMeant('0012345678905').includes('012345678905'))
  assert.ok(codesMeant('04819000200015').includes(milk))
})

test('a message whose GTIN does not check names no goods', () => {
  const wrong = '0104819000200014215ABC'
  assert.deepEqual(codesMeant(wrong), [wrong])
  assert.deepEqual(codesMeant('https://example.com/01/123'), ['https://example.com/01/123'])
})

test('a scale’s label is known behind a prefix too', () => {
  const body = '220123400342'
  const code = `${body}${gtinCheckDigit(body)}`
  assert.deepEqual(weightLabel(`]E0${code}`), { ownCode: '01234', grams: 342 })
})
