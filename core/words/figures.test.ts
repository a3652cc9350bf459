import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amount, counted } from './figures.ts'
import { languages } from './language.ts'

test('a counted noun takes the form of its number', () => {
  const forms = {
    ru: { one: 'чек', few: 'чека', many: 'чеков', other: 'чека' },
    be: { one: 'чэк', few: 'чэкі', many: 'чэкаў', other: 'чэка' },
    en: { one: 'receipt', other: 'receipts' },
  }
  const told = (count: number) => languages.map((each) => counted(each, count, forms[each]))
  assert.deepEqual(told(1), ['1 чек', '1 чэк', '1 receipt'])
  assert.deepEqual(told(3), ['3 чека', '3 чэкі', '3 receipts'])
  assert.deepEqual(told(11), ['11 чеков', '11 чэкаў', '11 receipts'])
  assert.deepEqual(told(21), ['21 чек', '21 чэк', '21 receipts'])
  assert.deepEqual(told(0), ['0 чеков', '0 чэкаў', '0 receipts'])
})

test('an amount has its currency behind', () => {
  assert.equal(amount(123456789), '1234567.89\u00a0BYN')
  assert.equal(amount(-99), '-0.99\u00a0BYN')
})
