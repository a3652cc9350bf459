import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NOW } from '#test/fixtures.ts'
import type { Measure } from '../operator/measure.ts'
import { DAY, MINUTE } from '../time.ts'
import { blockReason, openingState, WARNING_WINDOW } from './opening.ts'

const warning: Measure = { kind: 'warning', reason: 'долг', from: NOW, till: null }
const block: Measure = { ...warning, kind: 'block', reason: 'Нет договора', till: NOW + DAY }

test('an opening under a warning stands for sixty seconds, any other begins at once', () => {
  assert.equal(WARNING_WINDOW, MINUTE)
  const warned = { is: 'warned', reason: 'долг', until: NOW + MINUTE }
  const plain = { is: 'intended', stage: 'fiscal' }
  assert.deepEqual(openingState([block, warning], NOW), warned)
  assert.deepEqual(openingState([warning], NOW - 1), plain, 'its date is ahead')
  assert.deepEqual(openingState([{ ...warning, till: NOW }], NOW), plain, 'it is over')
  assert.deepEqual(openingState([block], NOW), plain, 'a block is the gate’s')
  assert.deepEqual(openingState([], NOW), plain)
})

test('a block lets no shift open while it is in force', () => {
  const told = [NOW - 1, NOW, NOW + DAY - 1, NOW + DAY].map((now) =>
    blockReason([warning, block], now),
  )
  assert.deepEqual(told, [null, 'Нет договора', 'Нет договора', null])
})
