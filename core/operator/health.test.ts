import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { NOW } from '#test/fixtures.ts'
import { type RegisterSigns, registerStates, SILENT_MS, statesOf } from './health.ts'

const well: RegisterSigns = {
  forked: false,
  forgotten: false,
  blocked: false,
  warned: false,
  heardAt: NOW,
}

test('a register of which nothing is amiss is working', () => {
  assert.deepEqual(statesOf(well, NOW), ['working'])
  assert.deepEqual(statesOf({ ...well, heardAt: NOW - SILENT_MS }, NOW), ['working'])
})

test('a device that was not heard for a day, or never, is silent', () => {
  assert.deepEqual(statesOf({ ...well, heardAt: NOW - SILENT_MS - 1 }, NOW), ['silent'])
  assert.deepEqual(statesOf({ ...well, heardAt: null }, NOW), ['silent'])
})

test('all that is amiss is told, the worst first, and then nobody calls it working', () => {
  const signs = fc.record({
    forked: fc.boolean(),
    forgotten: fc.boolean(),
    blocked: fc.boolean(),
    warned: fc.boolean(),
    heardAt: fc.constantFrom(null, NOW),
  })
  fc.assert(
    fc.property(signs, (each) => {
      const states = statesOf(each, NOW)
      const amiss = [each.forked, each.forgotten, each.blocked, each.warned, each.heardAt === null]
      assert.equal(states.length, Math.max(1, amiss.filter(Boolean).length))
      assert.equal(states.includes('working'), !amiss.includes(true))
      assert.deepEqual(
        states,
        registerStates.filter((state) => states.includes(state)),
      )
    }),
  )
})
