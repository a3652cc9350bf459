import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cutInMiddle } from './cut-name.ts'

test('a name that fits is left whole', () => {
  assert.deepEqual(cutInMiddle('Батон «Каласок» 300 г', 30), ['Батон «Каласок» 300 г', ''])
})

test('what tells long names apart at their end stays', () => {
  const name = 'Молоко «Зялёны луг» пастеризованное 2,5 % 0,9 л'
  assert.deepEqual(cutInMiddle(name, 40), ['Молоко «Зялёны луг» пастеризованное ', '2,5 % 0,9 л'])
  assert.deepEqual(cutInMiddle('Ж'.repeat(60), 30), ['Ж'.repeat(50), 'Ж'.repeat(10)])
})

test('the parts make the name, and the last one has its bounds', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 128 }), fc.integer({ min: 6, max: 60 }), (name, most) => {
      const [head, tail] = cutInMiddle(name, most)
      assert.equal(head + tail, name)
      assert.ok(tail.length <= Math.max(1, most / 3))
      assert.ok(name.length <= most || head !== '')
    }),
  )
})
