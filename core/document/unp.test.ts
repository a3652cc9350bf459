import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isUnp } from './unp.ts'

test('numbers seen in public texts are valid', () => {
  const valid =
    '200988541 MA1953684 KE7810709 100320487 190542056 193141246 100582333 600112981 101541947 ' +
    '690324015 100394906 100059271 790730816 190960352 101168731 193854962 191178504 100126124 ' +
    '291313486 191000002 191000015 291000009 391000005 491000001 591000008 691000004 791000000'
  for (const unp of valid.split(' ')) assert.ok(isUnp(unp), unp)
})

test('a wrong digit is noticed', () => {
  const wrong =
    '123456789 190790789 191305033 192696462 191921411 190550304 187469571 100000000 MA1953685'
  for (const unp of wrong.split(' ')) assert.ok(!isUnp(unp), unp)
})

test('a number whose remainder is 10 was never issued', () => {
  for (const body of ['19100011', '19100023', '19100035']) {
    for (let digit = 0; digit <= 9; digit++) assert.ok(!isUnp(`${body}${digit}`), body)
  }
})

test('spaces, dashes, case and Cyrillic letters are forgiven', () => {
  assert.ok(isUnp(' 200 988-541 '))
  assert.ok(isUnp('ma1953684'))
  // Russian М and А, К and Е.
  assert.ok(isUnp('МА1953684'))
  assert.ok(isUnp('ке7810709'))
})

test('a text of another shape is refused', () => {
  for (const wrong of ['', '20098854', '2009885411', 'OA1953684', 'M1953684', 'MAA953684', 'УНП']) {
    assert.ok(!isUnp(wrong), wrong)
  }
})
