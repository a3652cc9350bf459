import assert from 'node:assert/strict'
import { test } from 'node:test'
import { routeOf } from './routes.ts'

test('an address says the screen and what it needs', () => {
  assert.deepEqual(routeOf('#/sale/cash'), { at: 'sale', step: 'cash' })
  assert.deepEqual(routeOf('#/withdrawal/1250'), { at: 'withdrawal', sum: '1250' })
  assert.deepEqual(routeOf('#/receipts'), { at: 'receipts' })
  assert.deepEqual(routeOf('#/receipts/42'), { at: 'receipt', id: '42' })
  assert.deepEqual(routeOf('#/settings/maintenance'), { at: 'maintenance' })
})

test('an address that says nothing leads to the main menu', () => {
  for (const hash of ['', '#', '#/', '#/nowhere', '#/__proto__']) {
    assert.deepEqual(routeOf(hash), { at: 'menu' })
  }
  assert.deepEqual(routeOf('#/sale/nonsense'), { at: 'sale', step: 'goods' })
})
