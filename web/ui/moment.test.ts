import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DAY, HOUR, MINUTE } from '#core/time.ts'
import { controlsRu } from '#core/words/controls/ru.ts'
import { ageIn } from './moment.ts'

test('an age is told in the unit that matters', () => {
  assert.equal(ageIn(controlsRu.age, 0), 'меньше минуты')
  assert.equal(ageIn(controlsRu.age, MINUTE), '1 мин')
  assert.equal(ageIn(controlsRu.age, 3 * HOUR + 59 * MINUTE), '3 ч')
  assert.equal(ageIn(controlsRu.age, 47 * HOUR), '47 ч')
  assert.equal(ageIn(controlsRu.age, 5 * DAY), '5 сут')
})
