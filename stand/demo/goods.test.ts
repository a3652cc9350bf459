import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gtinCheckDigit, isGtin, weightLabel } from '#core/document/barcode.ts'
import { demoGoods } from './goods.ts'

const weighed = demoGoods.filter((goods) => goods.unit === 'kg')
const pieces = demoGoods.filter((goods) => goods.unit === 'piece')

test('the demo shop has a catalogue worth searching', () => {
  const groups = new Set(demoGoods.map((goods) => goods.group))
  assert.ok(demoGoods.length >= 320, `${demoGoods.length} goods`)
  assert.ok(weighed.length >= 40, `${weighed.length} weighed`)
  assert.ok(groups.size >= 12 && groups.size <= 16, `${groups.size} groups`)
})

test('no two goods share a code or a name', () => {
  assert.equal(new Set(demoGoods.map((goods) => goods.code)).size, demoGoods.length)
  assert.equal(new Set(demoGoods.map((goods) => goods.name)).size, demoGoods.length)
})

test('piece goods carry an EAN-13 of the Belarusian range with its check digit', () => {
  for (const { name, code } of pieces) {
    assert.match(code ?? '', /^481\d{10}$/, name)
    assert.ok(isGtin(code ?? ''), `${name}: ${code}`)
  }
})

test('the label a scale prints for weighed goods leads back to their code', () => {
  for (const { name, code } of weighed) {
    const body = `22${code}00342`
    const label = weightLabel(`${body}${gtinCheckDigit(body)}`)
    assert.deepEqual(label, { ownCode: code, grams: 342 }, name)
  }
})

test('names fit a document, prices are those of a corner shop', () => {
  for (const { name, price } of demoGoods) {
    assert.ok(name.length > 3 && name.length <= 128 && name === name.trim(), name)
    assert.ok(price >= 5 && price <= 10_000, `${name}: ${price}`)
  }
})

test('every VAT rate and «без НДС» can be tried', () => {
  const rates = new Set(demoGoods.map((goods) => goods.vat))
  assert.deepEqual(rates, new Set([0, 10, 20, 25, null]))
})
