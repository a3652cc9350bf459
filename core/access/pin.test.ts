import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pinFault } from './pin.ts'

const refusedAs: Readonly<Record<string, readonly string[]>> = {
  'pin-digits': ['', '1', '739', '12345678901234567', '12a4', '٣٤٥٦', '73 92', '-739', '7.92'],
  'pin-repeats': ['1111', '0000', '9999', '1112', '1221', '1212', '123123', '73927392', '4444444'],
  'pin-sequence': ['1234', '4321', '0123', '7890', '0987', '2468', '97531', '123456', '2580'],
  'pin-date': [
    '1987',
    '2015',
    '3112',
    '2902',
    '310587',
    '870531',
    '051990',
    '31051987',
    '20150901',
  ],
}

for (const [fault, pins] of Object.entries(refusedAs)) {
  test(`a PIN is refused as ${fault}`, () => {
    for (const pin of pins) assert.equal(pinFault(pin), fault, pin)
  })
}

test('what nobody guesses first is a PIN', () => {
  for (const pin of ['7392', '4815', '3079', '80257', '739281', '3213', '3002', '73928146', '1850'])
    assert.equal(pinFault(pin), null, pin)
})

test('most of four digits are left to choose from', () => {
  const all = Array.from({ length: 10_000 }, (_, n) => String(n).padStart(4, '0'))
  const left = all.filter((pin) => pinFault(pin) === null).length
  assert.ok(left > 8500 && left < 9000, String(left))
})
