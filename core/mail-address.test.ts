import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isMailAddress, LONGEST_MAIL_ADDRESS } from './mail-address.ts'

test('addresses that people have are addresses, in the letters of this country too', () => {
  const usual = ['anna@demo.by', 'a.b+shop@mail.example.com', "o'hara@x-y.by", 'info@магазин.бел']
  for (const address of usual) assert.ok(isMailAddress(address), address)
})

test('what is no address, or more than one, is none', () => {
  const none = [
    '',
    'anna',
    'anna@',
    '@demo.by',
    'anna@demo',
    'anna@@demo.by',
    'anna@demo..by',
    'anna@-demo.by',
    '.anna@demo.by',
    'an..na@demo.by',
    'anna@127.0.0.1',
    'anna@demo.by, eve@demo.by',
    'anna@demo.by;eve@demo.by',
    'Анна <anna@demo.by>',
    'анна@demo.by',
    '"a b"@demo.by',
    'anna@demo.by\r\nBcc: eve@demo.by',
    'anna\u202e@demo.by',
    'anna@demo.by ',
    `${'a'.repeat(65)}@demo.by`,
    `anna@${'a'.repeat(64)}.by`,
    `anna@${'a.'.repeat(LONGEST_MAIL_ADDRESS / 2)}by`,
  ]
  for (const text of none) assert.ok(!isMailAddress(text), JSON.stringify(text))
})

const SIGNS = [...'\r\n\t\0 ,;:<>()[]"\\\'@.-_+ёЁў\u202e\u2028\u00a0\u200b💡', 'б'] as const

test('no address has a sign that begins a line, a list or a name', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...SIGNS), { maxLength: 3 }), fc.nat(12), (noise, at) => {
      const address = 'anna@demo.by'
      const text = address.slice(0, at) + noise.join('') + address.slice(at)
      if (isMailAddress(text)) assert.doesNotMatch(text, /[\p{C}\s,;:<>()[\]"\\]/u)
    }),
  )
})
