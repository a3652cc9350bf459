import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { NOW } from '#test/fixtures.ts'
import {
  LATE_MS,
  RED_MS,
  type RegisterSigns,
  registerStates,
  SILENT_MS,
  statesOf,
  UNSENT_MS,
} from './health.ts'

const well: RegisterSigns = {
  forked: false,
  forgotten: false,
  blocked: false,
  warned: false,
  heardAt: NOW,
  oldestUnsentAt: null,
  redSince: null,
}

test('a register of which nothing is amiss is working', () => {
  assert.deepEqual(statesOf(well, NOW), ['working'])
  assert.deepEqual(statesOf({ ...well, heardAt: NOW - SILENT_MS }, NOW), ['working'])
})

test('a device that was not heard for a day, or never, is silent', () => {
  assert.deepEqual(statesOf({ ...well, heardAt: NOW - SILENT_MS - 1 }, NOW), ['silent'])
  assert.deepEqual(statesOf({ ...well, heardAt: null }, NOW), ['silent'])
})

test('documents that wait for an hour are told, and for five days as well', () => {
  const since = (ms: number) => statesOf({ ...well, oldestUnsentAt: NOW - ms }, NOW)
  assert.deepEqual(since(UNSENT_MS), ['working'])
  assert.deepEqual(since(UNSENT_MS + 1), ['unsent'])
  assert.deepEqual(since(LATE_MS + 1), ['late', 'unsent'])
})

test('a receipt that is red for an hour is told', () => {
  assert.deepEqual(statesOf({ ...well, redSince: NOW - RED_MS }, NOW), ['working'])
  assert.deepEqual(statesOf({ ...well, redSince: NOW - RED_MS - 1 }, NOW), ['red'])
})

test('all that is amiss is told, the worst first, and then nobody calls it working', () => {
  const signs = fc.record({
    forked: fc.boolean(),
    forgotten: fc.boolean(),
    blocked: fc.boolean(),
    warned: fc.boolean(),
    heardAt: fc.constantFrom(null, NOW),
    oldestUnsentAt: fc.constantFrom(null, NOW - UNSENT_MS - 1, NOW - LATE_MS - 1),
    redSince: fc.constantFrom(null, NOW - RED_MS - 1),
  })
  fc.assert(
    fc.property(signs, (each) => {
      const states = statesOf(each, NOW)
      const { forked, forgotten, blocked, warned, heardAt, oldestUnsentAt, redSince } = each
      const late = oldestUnsentAt === NOW - LATE_MS - 1
      const unsent = oldestUnsentAt !== null
      const red = redSince !== null
      const amiss = [forked, forgotten, blocked, warned, heardAt === null, unsent, late, red]
      assert.equal(states.length, Math.max(1, amiss.filter(Boolean).length))
      assert.equal(states.includes('working'), !amiss.includes(true))
      assert.deepEqual(
        states,
        registerStates.filter((state) => states.includes(state)),
      )
    }),
  )
})
