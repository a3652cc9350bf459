import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { kopecks } from '../money.ts'
import { drawerStory } from './drawer-story.ts'
import { count, openCounters, type ShiftCounters } from './report.ts'

const kinds = ['sale', 'refund', 'annulment', 'deposit', 'withdrawal'] as const
const shift = openCounters(1, 0, 1)

const counted = (before: ShiftCounters, kind: (typeof kinds)[number], cash: number) =>
  count(before, {
    kind,
    number: 2,
    sum: kopecks(cash),
    settlement: { cash: kopecks(cash), card: kopecks(0), other: kopecks(0), change: kopecks(0) },
    discounts: kopecks(0),
    markups: kopecks(0),
  })

test('the parts of a drawer’s story add up to what is in it, whatever befell', () => {
  const steps = fc.array(fc.tuple(fc.constantFrom(...kinds), fc.nat(100_000)))
  const sums = fc.integer({ min: -1_000_000, max: 1_000_000 })
  fc.assert(
    fc.property(steps, sums, sums, (made, start, off) => {
      const report = made.reduce((before, [kind, cash]) => counted(before, kind, cash), shift)
      const due = made.reduce(
        (sum, [kind, cash]) => (kind === 'sale' || kind === 'deposit' ? sum + cash : sum - cash),
        start,
      )
      const story = drawerStory(report, { start: kopecks(start), cash: kopecks(due + off) })
      assert.equal(story.other, off === 0 ? 0 : off)
      const { cash, start: begun, ...moved } = story
      assert.equal(
        Object.values(moved).reduce<number>((sum, part) => sum + part, begun ?? 0),
        cash,
      )
    }),
  )
})

test('a drawer whose beginning is not known leaves nothing unexplained', () => {
  const story = drawerStory(counted(shift, 'sale', 500), { start: null, cash: kopecks(900) })
  assert.deepEqual([story.start, story.sales, story.other], [null, 500, 0])
})
