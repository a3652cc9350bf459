import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Bucket, fullBucket, isFull, type Rate, take } from './rate.ts'

const rate: Rate = { burst: 3, perSecond: 2 }

/** Asks at each moment; answers how long each had to wait. */
function waits(moments: readonly number[], of = rate): number[] {
  let bucket: Bucket = fullBucket
  return moments.map((now) => {
    const taken = take(bucket, of, now)
    bucket = taken.bucket
    return taken.waitMs
  })
}

test('a burst passes, then as many as flow in', () => {
  assert.deepEqual(waits([0, 0, 0, 0]), [0, 0, 0, 500])
  assert.deepEqual(waits([0, 0, 0, 499, 500, 500, 1000]), [0, 0, 0, 1, 0, 500, 0])
})

test('whoever waits as long as told is let through', () => {
  const [, , , wait = 0] = waits([7, 7, 7, 7])
  assert.equal(waits([7, 7, 7, 7, 7 + wait]).at(-1), 0)
})

test('rest fills the bucket, and never above the burst', () => {
  assert.deepEqual(waits([0, 0, 0, 3_600_000, 3_600_000, 3_600_000, 3_600_000]).at(-1), 500)
  const { bucket } = take(fullBucket, rate, 0)
  assert.equal(isFull(bucket, 499), false)
  assert.equal(isFull(bucket, 500), true)
})

test('a clock that went back gives and takes nothing', () => {
  assert.deepEqual(waits([1000, 1000, 1000, 0]), [0, 0, 0, 500])
})

test('in no stretch of time do more pass than the burst and what flowed in', () => {
  const times = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 80 })
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 9 }), (gaps, perSecond) => {
      const of = { burst: 3, perSecond }
      let now = 0
      const moments = gaps.map((gap) => (now += gap))
      const passed = waits(moments, of).filter((wait) => wait === 0).length
      assert.ok(passed <= of.burst + (now / 1000) * perSecond + 1e-6)
    }),
  )
})
