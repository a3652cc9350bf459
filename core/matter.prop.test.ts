import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { followMatter, type RememberedMatter } from './matter.ts'
import { MINUTE } from './time.ts'

const patience = { beforeMs: 5 * MINUTE, afterMs: 30 * MINUTE }

/** Looks once a minute at something that stands or does not; answers what was told, and when. */
function told(looks: readonly boolean[], of = patience) {
  let known: RememberedMatter | null = null
  return looks.flatMap((stands, minute) => {
    const { remembered, tell } = followMatter(known, { stands, now: minute * MINUTE }, of)
    known = remembered
    return tell ? [{ tell, minute }] : []
  })
}
const standing = (minutes: number) => Array.from({ length: minutes }, () => true)
const gone = (minutes: number) => Array.from({ length: minutes }, () => false)

test('what stands is told once, and its end once', () => {
  assert.deepEqual(told([...standing(600), ...gone(600)]), [
    { tell: 'begun', minute: 5 },
    { tell: 'over', minute: 630 },
  ])
})

test('what only passes by is told to nobody', () => {
  assert.deepEqual(told([...standing(5), ...gone(100), ...standing(5)]), [])
})

test('what comes and goes is told once', () => {
  const flapping = Array.from({ length: 50 }, () => [...standing(10), ...gone(10)]).flat()
  assert.deepEqual(told(flapping), [{ tell: 'begun', minute: 5 }])
})

test('without patience both are told at once', () => {
  assert.deepEqual(told([true, true, false, true], { beforeMs: 0, afterMs: 0 }), [
    { tell: 'begun', minute: 0 },
    { tell: 'over', minute: 2 },
    { tell: 'begun', minute: 3 },
  ])
})

test('beginning and end take turns, and neither is told on what did not last', () => {
  const runs = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 60 })), { maxLength: 40 })
  fc.assert(
    fc.property(runs, (lasting) => {
      const looks = lasting.flatMap(([stands, minutes]) =>
        stands ? standing(minutes) : gone(minutes),
      )
      let last: 'begun' | 'over' = 'over'
      for (const { tell, minute } of told(looks)) {
        assert.notEqual(tell, last)
        last = tell
        const before = tell === 'begun' ? 5 : 30
        const span = looks.slice(minute - before, minute + 1)
        assert.ok(span.every((stands) => stands === (tell === 'begun')))
      }
    }),
  )
})
