import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DAY, HOUR, MINUTE } from '#core/time.ts'
import { age } from './moment.ts'

test('an age is told in the unit that matters', () => {
  assert.equal(age(0), 'меньше минуты')
  assert.equal(age(MINUTE), '1 мин')
  assert.equal(age(3 * HOUR + 59 * MINUTE), '3 ч')
  assert.equal(age(47 * HOUR), '47 ч')
  assert.equal(age(5 * DAY), '5 сут')
})
