import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { kopecks, MAX_SUM } from '#core/money.ts'
import { quickSums } from './quick-sums.ts'

test('what is offered is what a hand takes from a purse for that sum', () => {
  const offered = (due: number) => quickSums(kopecks(due)).map((sum) => sum / 100)
  assert.deepEqual(offered(4197), [42, 45, 50, 60, 100])
  assert.deepEqual(offered(198), [2, 5, 10, 20, 50])
  assert.deepEqual(offered(5000), [60, 100, 200, 500])
  assert.deepEqual(offered(123_450), [1235, 1240, 1250, 1300, 1400])
})

test('each is above the sum and within what money may be, the smallest first', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: MAX_SUM }), (due) => {
      const sums = quickSums(kopecks(due))
      assert.deepEqual(
        sums,
        [...new Set(sums)].toSorted((one, other) => one - other),
      )
      for (const sum of sums) assert.ok(sum > due && sum <= MAX_SUM)
    }),
  )
})
