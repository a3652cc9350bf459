import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { kopecks } from '../money.ts'
import { denominations, stageOf, stopsCashUp, sumOfPieces, surplusOf } from './cash-up.ts'
import type { StateName } from './operation.ts'

const withdrawal = { id: 'w' as never, sum: kopecks(500) }

test('how far a closing in one go has come follows from its two operations', () => {
  const stage = (w: StateName | null, c: StateName | null) =>
    stageOf({ withdrawal }, { withdrawal: w, closing: c })
  assert.equal(stage(null, null), 'counted')
  for (const going of ['intended', 'waiting', 'asking', 'red'] as const) {
    assert.equal(stage(going, null), 'withdrawal')
    assert.equal(stage('registered', going), 'closing')
  }
  assert.equal(stage('failed', null), 'ended')
  assert.equal(stage('registered', null), 'withdrawn')
  assert.equal(stage('registered', 'failed'), 'ended')
  assert.equal(stage('registered', 'registered'), 'closed')
  const empty = stageOf({ withdrawal: null }, { withdrawal: null, closing: null })
  assert.equal(empty, 'withdrawn', 'with an empty drawer the closing is next')
})

test('what a person has to decide about stops it, what ends by itself does not', () => {
  const stopping = ['waiting', 'red', 'failed'] as const
  for (const state of stopping) assert.ok(stopsCashUp(state))
  for (const state of ['intended', 'asking', 'registered'] as const) {
    assert.ok(!stopsCashUp(state))
  }
})

test('notes and coins come to their sum, in whatever order they are counted', () => {
  const counts = fc.array(fc.nat(10_000), {
    minLength: denominations.length,
    maxLength: denominations.length,
  })
  fc.assert(
    fc.property(counts, (all) => {
      const pieces = denominations.map((value, i) => ({ value, count: all[i] ?? 0 }))
      const expected = denominations.reduce<number>(
        (sum, value, i) => sum + value * (all[i] ?? 0),
        0,
      )
      assert.equal(sumOfPieces(pieces), expected)
      assert.equal(sumOfPieces(pieces.toReversed()), expected)
    }),
  )
})

test('more than the books hold is a surplus, less a shortage, uncounted is neither', () => {
  const cash = kopecks(1000)
  const counted = (sum: number) => ({ cash, count: { sum: kopecks(sum), pieces: null } })
  assert.equal(surplusOf(counted(1250)), 250)
  assert.equal(surplusOf(counted(0)), -1000)
  assert.equal(surplusOf(counted(1000)), 0)
  assert.equal(surplusOf({ cash, count: null }), null)
})
