import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Measure, measureInForce, measureKinds, standingMeasures } from './measure.ts'

const moment = fc.integer({ min: 0, max: 20 })
const aMeasure: fc.Arbitrary<Measure> = fc.record({
  kind: fc.constantFrom(...measureKinds),
  reason: fc.string({ minLength: 1 }),
  from: moment,
  till: fc.option(moment),
})
const some = fc.array(aMeasure, { maxLength: 4 })

test('a measure is ahead, then in force, then over, and never goes back', () => {
  fc.assert(
    fc.property(aMeasure, (measure) => {
      const passed = Array.from({ length: 22 }, (_, now) => {
        const [standing] = standingMeasures([measure], now)
        return standing ? (standing.inForce ? 1 : 0) : 2
      })
      assert.deepEqual(passed, passed.toSorted())
      const begins = measure.till === null || measure.from < measure.till
      assert.equal(passed.includes(1), begins, 'it is in force at some time')
      assert.equal(passed.at(-1) === 2, measure.till !== null, 'without an end it stays')
    }),
  )
})

test('what is in force is one of those that stand, of its kind, whatever else there is', () => {
  fc.assert(
    fc.property(some, moment, fc.constantFrom(...measureKinds), (measures, now, kind) => {
      const standing = standingMeasures(measures, now)
      const expected = standing.some((each) => each.inForce && each.kind === kind)
      const found = measureInForce(measures, kind, now)
      assert.equal(found !== null, expected)
      assert.ok(found === null || (measures.includes(found) && found.kind === kind))
      const moments = standing.map(({ from }) => from)
      assert.deepEqual(
        moments,
        moments.toSorted((a, b) => a - b),
      )
    }),
  )
})

test('the first millisecond is in force, the last one is not', () => {
  const measure: Measure = { kind: 'block', reason: 'долг', from: 5, till: 9 }
  const at = (now: number) => standingMeasures([measure], now)[0]?.inForce
  assert.deepEqual([at(4), at(5), at(8), at(9)], [false, true, true, undefined])
})

test('of several that act the last to begin is told, in whatever order they were laid', () => {
  const one = { kind: 'block', reason: 'one', from: 5, till: null } as const
  const other = { kind: 'block', reason: 'other', from: 7, till: 20 } as const
  for (const laid of [
    [one, other],
    [other, one],
  ]) {
    assert.equal(measureInForce(laid, 'block', 6)?.reason, 'one')
    assert.equal(measureInForce(laid, 'block', 10)?.reason, 'other')
    assert.equal(measureInForce(laid, 'block', 20)?.reason, 'one')
  }
})
