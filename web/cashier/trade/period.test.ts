import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedOf, beside, hrefOf, tradePlace } from './period.ts'

const TODAY = '2026-11-27'

test('an address names a period; what names none is the present shift', () => {
  assert.deepEqual(tradePlace('shift', '12'), { by: 'shift', of: '12' })
  assert.deepEqual(tradePlace('day', '2026-02-30'), { by: 'day', of: '' })
  assert.deepEqual(tradePlace('year', '2026'), { by: 'shift', of: '' })
  assert.equal(hrefOf({ by: 'shift', of: '' }), '#/trade/shift')
  assert.equal(hrefOf({ by: 'day', of: TODAY }), '#/trade/day/2026-11-27')
})

test('a week begins on Monday, a month and a quarter end where the next begins', () => {
  const asked = (by: string, of: string) => askedOf(tradePlace(by, of), TODAY)
  assert.deepEqual(asked('shift', ''), {})
  assert.deepEqual(asked('shift', '7'), { shift: 7 })
  assert.deepEqual(asked('day', ''), { from: TODAY, until: TODAY })
  assert.deepEqual(asked('week', ''), { from: '2026-11-23', until: '2026-11-29' })
  assert.deepEqual(asked('week', '2026-11-23'), { from: '2026-11-23', until: '2026-11-29' })
  assert.deepEqual(asked('month', '2028-02-10'), { from: '2028-02-01', until: '2028-02-29' })
  assert.deepEqual(asked('quarter', ''), { from: '2026-10-01', until: '2026-12-31' })
})

test('the period before and after, as far as there is one', () => {
  const week = { from: '2026-11-23', until: '2026-11-29', shift: null, today: TODAY, newest: 3 }
  assert.deepEqual(beside('week', week, -1), { by: 'week', of: '2026-11-22' })
  assert.equal(beside('week', week, 1), null)
  const shift = { ...week, shift: 2 }
  assert.deepEqual(beside('shift', shift, 1), { by: 'shift', of: '3' })
  assert.deepEqual(beside('shift', shift, -1), { by: 'shift', of: '1' })
  assert.equal(beside('shift', { ...week, shift: 3 }, 1), null)
  assert.equal(beside('shift', { ...week, shift: 1 }, -1), null)
})
