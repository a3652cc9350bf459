import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describe } from './describe.ts'
import { isLuhn, maskPan } from './pan.ts'
import { firstOf, readPrivate, writePrivate } from './private-data.ts'

const PAN = '9999990000000002'

test('a description never shows a card number, what a reader read, a PIN block or a key', () => {
  const shown = describe({
    type: '1200',
    fields: {
      2: PAN,
      4: '000000001250',
      35: `${PAN}=49121010000000000000`,
      44: `card ${PAN} and 9999 9900 0000 0002`,
      45: `B${PAN}^CARD/VIRTUAL^4912`,
      48: writePrivate([
        ['receipt', '3'],
        ['movement', PAN],
      ]),
      52: '00ff10a0b1c2d3e4',
      53: 'abcdef',
      55: `5a08${PAN}`,
      62: '0197a2b4-0000-7000-8000-000000000001',
      96: '0102',
    },
  })
  assert.doesNotMatch(shown.replace(/[ -]/g, ''), /9999990000000002/)
  assert.doesNotMatch(shown, /00ff10a0|abcdef|5a08|VIRTUAL|\^/)
  assert.match(shown, /^1200 financial request\n002 card number: 999999\*{6}0002$/m)
  assert.match(shown, /004 amount, kopecks: 000000001250/)
  assert.match(shown, /048 private data: 01=3 05=999999\*{6}0002/)
  assert.match(shown, /052 PIN block: \(hidden\)/)
  assert.match(shown, /062 operation id: 0197a2b4-0000-7000-8000-000000000001/)
})

test('a mask shows six and four digits, and of a short number the last four', () => {
  assert.equal(maskPan(PAN), '999999******0002')
  assert.equal(maskPan('9999990000002'), '*********0002')
  assert.equal(maskPan('12'), '12')
})

test('the check digit tells a card number', () => {
  assert.ok(isLuhn('4111111111111111'))
  assert.ok(!isLuhn('4111111111111112'))
  assert.ok(!isLuhn(''))
})

test('private data keeps order, repeats and tags of tomorrow', () => {
  const text = `${writePrivate([
    ['receipt', '17'],
    ['movement', 'a'],
    ['movement', ''],
  ])}99003xyz`
  const read = readPrivate(text)
  assert.ok(read)
  assert.equal(firstOf(read, 'receipt'), '17')
  assert.equal(firstOf(read, 'fate'), null)
  assert.deepEqual(read.get('05'), ['a', ''])
  assert.deepEqual(read.get('99'), ['xyz'])
  for (const bad of ['0', '01', '0100', '01002x', '01001xx', 'ab001x', '01-01x']) {
    assert.equal(readPrivate(bad), null, bad)
  }
})
