import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kopecks, thousandths } from '../money.ts'
import { amountOf, reasonsOf } from './discount.ts'

test('a button gives what somebody would type', () => {
  assert.equal(amountOf({ kind: 'percent', value: 1000 }), '10%')
  assert.equal(amountOf({ kind: 'percent', value: 10_000 }), '100%')
  assert.equal(amountOf({ kind: 'percent', value: 250 }), '2.5%')
  assert.equal(amountOf({ kind: 'sum', value: 550 }), '5.50')
})

test('a reason is kept with its discount, and without one there is none', () => {
  const line = (discount: number, reason?: string) => ({
    quantity: thousandths(1000),
    discount: kopecks(discount),
    ...(reason !== undefined && { reason }),
  })
  const lines = [line(0, 'Акция'), line(20, 'Пенсионеру'), line(30)]
  assert.deepEqual(reasonsOf({ kind: 'sale', lines, discount: kopecks(5), reason: 'Округление' }), [
    { line: 1, reason: 'Пенсионеру', sum: 20 },
    { line: null, reason: 'Округление', sum: 5 },
  ])
  assert.deepEqual(reasonsOf({ kind: 'sale', lines: [], reason: 'Округление' }), [])
  assert.deepEqual(reasonsOf({ kind: 'refund', lines }), [])
})
