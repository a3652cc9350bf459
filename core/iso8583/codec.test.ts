import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerOfBank, bankWords, refusalOfBank } from '#core/words/bank.ts'
import { languages } from '#core/words/language.ts'
import { actionCodes, isActionCode, isRefusal, sortOf } from './action-codes.ts'
import { decode, encode, type Message } from './codec.ts'
import { isMessageType } from './fields.ts'

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1')

// Composed by hand from the tables: bits 7, 11, 12, 24, 32, 41, 42 of an echo, in this order.
const ECHO: [Message, string] = [
  {
    type: '1804',
    fields: {
      7: '0701071542',
      11: '000042',
      12: '250701101542',
      24: '831',
      32: '000001',
      41: 'TERM0001',
      42: '000000000012345',
    },
  },
  '1804' +
    '\x02\x30\x01\x01\x00\xc0\x00\x00' +
    '0701071542' +
    '000042' +
    '250701101542' +
    '831' +
    '06000001' +
    'TERM0001' +
    '000000000012345',
]

// A second half of the bitmap, a variable field of three digits, and bytes.
const WIDE: [Message, string] = [
  { type: '1530', fields: { 39: '500', 48: '01006000003', 52: '00ff10a0', 97: 'D000' } },
  '1530' + '\x80\x00\x00\x00\x02\x01\x10\x00' + '\x00\x00\x00\x00\x80\x00\x00\x00',
]

test('a message has the bytes that the tables say', () => {
  const encoded = encode(ECHO[0])
  assert.ok(encoded.kind === 'bytes')
  assert.equal(Buffer.from(encoded.bytes).toString('latin1'), ECHO[1])
  assert.deepEqual(decode(bytesOf(ECHO[1])), { kind: 'message', message: ECHO[0] })
})

test('the second half of the bitmap is there when it says something', () => {
  const fields = {
    ...WIDE[0].fields,
    52: '00ff10a0b1c2d3e4',
    97: 'D0000000000010000',
  }
  const text = `${WIDE[1]}50001101006000003\x00\xff\x10\xa0\xb1\xc2\xd3\xe4D0000000000010000`
  const encoded = encode({ type: '1530', fields })
  assert.ok(encoded.kind === 'bytes')
  assert.equal(Buffer.from(encoded.bytes).toString('latin1'), text)
  assert.deepEqual(decode(bytesOf(text)), { kind: 'message', message: { type: '1530', fields } })
})

const bitmap = (...numbers: number[]) => {
  const bits = Buffer.alloc(numbers.some((number) => number > 64) ? 16 : 8)
  for (const n of numbers) bits[(n - 1) >> 3] = (bits[(n - 1) >> 3] ?? 0) | (0x80 >> ((n - 1) & 7))
  return bits.toString('latin1')
}

const refused: [string, string, number][] = [
  ['nothing', '', 0],
  ['half a type', '12', 0],
  ['an unlisted type', `0200${bitmap(11)}000042`, 0],
  ['no bitmap', '1804', 1],
  ['half a bitmap', '1804\x00\x20', 1],
  ['no second half that was announced', `1804${bitmap(1, 11)}000042`, 1],
  ['an empty second half', `1804${bitmap(1, 11)}${'\0'.repeat(8)}000042`, 1],
  ['a field that the table does not have', `1804${bitmap(13)}0000`, 13],
  ['a field cut short', `1804${bitmap(11)}00004`, 11],
  ['letters for digits', `1804${bitmap(11)}00004A`, 11],
  ['digits of another script', `1804${bitmap(11)}00004\xb2`, 11],
  ['a sign that is none', `1530${bitmap(1, 97)}X0000000000010000`, 97],
  ['a length that is no number', `1804${bitmap(32)}x6000001`, 32],
  ['half a length', `1804${bitmap(32)}0`, 32],
  ['a length beyond the field’s', `1804${bitmap(32)}12000000000001`, 32],
  ['a length beyond the bytes', `1804${bitmap(32)}06000`, 32],
  ['an empty variable field', `1804${bitmap(32)}00`, 32],
  ['control characters', `1804${bitmap(41)}TERM\x00001`, 41],
  ['Cyrillic bytes', `1804${bitmap(41)}TERM\xca001`, 41],
  ['bytes after the last field', `${ECHO[1]}0`, 42],
  ['more than a message may have', `${ECHO[1]}${'0'.repeat(4096)}`, 0],
]

for (const [what, text, field] of refused) {
  test(`${what}: the error names field ${field}`, () => {
    const decoded = decode(bytesOf(text))
    assert.equal(decoded.kind === 'malformed' && decoded.field, field)
  })
}

const unwritable: [string, Message['fields'], number][] = [
  ['a fixed field too short', { 11: '42' }, 11],
  ['a fixed field too long', { 11: '0000042' }, 11],
  ['a variable field too long', { 32: '000000000001' }, 32],
  ['an empty field', { 32: '' }, 32],
  ['letters for digits', { 4: '00000000125O' }, 4],
  ['a text beyond ASCII', { 44: 'да' }, 44],
  ['half a byte', { 52: '00ff10a0b1c2d3e' }, 52],
  ['a field that the table does not have', { 13: '0101' }, 13],
  ['a bit that is the bitmap’s own', { 1: '1' }, 1],
  ['a field beyond the bitmap', { 129: '1' }, 129],
]

for (const [what, fields, field] of unwritable) {
  test(`${what} is not written: the error names field ${field}`, () => {
    const encoded = encode({ type: '1804', fields })
    assert.equal(encoded.kind === 'malformed' && encoded.field, field)
  })
}

test('of a declined operation nothing is said but what a refusal says', () => {
  for (const [code, sort] of Object.entries(actionCodes)) {
    const isNo = sort === 'declined' || sort === 'pick-up' || sort === 'support'
    assert.equal(isRefusal(code), isNo, code)
    for (const language of languages) {
      const { codes, notMade } = bankWords[language]
      const said = isNo && isActionCode(code) ? codes[code] : notMade
      assert.equal(refusalOfBank(language, code), said, code)
    }
  }
  assert.equal(refusalOfBank('ru', '777'), 'Банк не провёл операцию')
})

test('an unlisted code is unclear and never «no»', () => {
  assert.equal(sortOf('000'), 'approved')
  assert.equal(sortOf('126'), 'declined')
  assert.equal(sortOf('777'), 'unclear')
  assert.equal(sortOf('toString'), 'unclear')
  assert.equal(isMessageType('toString'), false)
  assert.equal(answerOfBank('ru', '126'), 'Операция запрещена')
  assert.match(answerOfBank('ru', '777'), /777/)
})
