import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type InstallEvent, type Installing, installing, isUnderWay } from './installing.ts'

const version = '0.2.0'
const idle: Installing = { step: 'idle' }
const after = (events: readonly InstallEvent[]): Installing => events.reduce(installing, idle)
const wanted = { is: 'wanted', version } as const
const done = { is: 'done' } as const
const restarted = { is: 'restarted' } as const
const failed = { is: 'failed', why: 'unhealthy' } as const

test('a version is unpacked, tried, switched to', () => {
  const steps = [wanted, done, done, done].map((_, i, all) => after(all.slice(0, i + 1)).step)
  assert.deepEqual(steps, ['unpacking', 'trying', 'switching', 'installed'])
})

test('before the point of no return every fault and every kill leads back', () => {
  for (const before of [[wanted], [wanted, done]]) {
    assert.deepEqual(after([...before, failed]), { step: 'failed', version, why: 'unhealthy' })
    assert.deepEqual(after([...before, restarted]), { step: 'failed', version, why: 'interrupted' })
  }
})

test('from the point of no return nothing leads back', () => {
  const event = fc.constantFrom<InstallEvent>(wanted, restarted, failed)
  fc.assert(
    fc.property(fc.array(event), (events) => {
      const state = events.reduce(installing, after([wanted, done, done]))
      assert.deepEqual(state, { step: 'switching', version })
    }),
  )
})

test('one version is under way at a time, and what failed may be wanted again', () => {
  const event = fc.constantFrom<InstallEvent>(wanted, done, restarted, failed)
  fc.assert(
    fc.property(fc.array(event), (events) => {
      const state = after(events)
      const other = installing(state, { is: 'wanted', version: '0.3.0' })
      const expected = isUnderWay(state) ? state : { step: 'unpacking', version: '0.3.0' }
      assert.deepEqual(other, expected)
    }),
  )
})
