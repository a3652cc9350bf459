import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filterIn } from './receipts/filter.ts'
import { routeOf } from './routes.ts'

test('an address says the screen and what it needs', () => {
  assert.deepEqual(routeOf('#/sale/cash'), { at: 'sale', step: 'cash' })
  assert.deepEqual(routeOf('#/withdrawal/1250'), { at: 'withdrawal', sum: '1250' })
  assert.deepEqual(routeOf('#/receipts'), { at: 'receipts', filter: filterIn('') })
  const asked = { at: 'receipts', filter: filterIn('goods=a/b') }
  assert.deepEqual(routeOf('#/receipts?goods=a%2Fb'), asked)
  assert.deepEqual(routeOf('#/receipts/42'), { at: 'receipt', id: '42', list: '' })
  assert.deepEqual(routeOf('#/receipts/42?card=14'), { at: 'receipt', id: '42', list: '?card=14' })
  assert.deepEqual(routeOf('#/settings/maintenance'), { at: 'maintenance' })
  assert.deepEqual(routeOf('#/settings/goods'), { at: 'stock' })
  assert.deepEqual(routeOf('#/settings/goods/17'), { at: 'goods', id: 17 })
  assert.deepEqual(routeOf('#/settings/goods/import'), { at: 'import', id: '' })
  assert.deepEqual(routeOf('#/settings/goods/import/7f'), { at: 'import', id: '7f' })
  const code = '0104810206003413\u001d&21=+%'
  const address = `#/settings/goods/new/${encodeURIComponent(code)}`
  assert.deepEqual(routeOf(address), { at: 'new-goods', code })
  assert.deepEqual(routeOf('#/settings/goods/new/%E0%A4%A'), { at: 'new-goods', code: '\ufffd%A' })
})

test('an address that says nothing leads to the main menu', () => {
  for (const hash of ['', '#', '#/', '#/nowhere', '#/__proto__']) {
    assert.deepEqual(routeOf(hash), { at: 'menu' })
  }
  assert.deepEqual(routeOf('#/sale/nonsense'), { at: 'sale', step: 'goods' })
})
