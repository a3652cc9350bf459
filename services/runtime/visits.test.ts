import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openVisits } from './visits.ts'

test('each address is counted for itself', () => {
  const visit = openVisits({ burst: 1, perSecond: 1 }, () => 0)
  assert.equal(visit('a'), 0)
  assert.equal(visit('a'), 1000)
  assert.equal(visit('b'), 0)
})

test('a flood of addresses makes it forget those who asked longest ago, not the last', () => {
  const visit = openVisits({ burst: 1, perSecond: 1 }, () => 0)
  visit('first')
  for (let i = 0; i < 10_000; i += 1) visit(`flood ${i}`)
  assert.equal(visit('flood 9999'), 1000)
  assert.equal(visit('first'), 0)
})
