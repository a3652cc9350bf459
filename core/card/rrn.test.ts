import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HOUR } from '#core/time.ts'
import { rrn, rrnOf } from './rrn.ts'

const minsk = (...[year, month, day, hour, minute]: [number, number, number, number, number]) =>
  Date.UTC(year, month - 1, day, hour, minute) - 3 * HOUR

test('a reference carries year, day and hour of UTC', () => {
  assert.equal(rrnOf(minsk(2023, 2, 22, 10, 37), 145_595), '305307145595')
  assert.equal(rrnOf(minsk(2025, 7, 1, 10, 15), 123), '518207000123')
  assert.equal(rrnOf(minsk(2024, 12, 31, 23, 30), 7), '436620000007')
  assert.equal(rrnOf(minsk(2025, 1, 1, 1, 30), 8), '436622000008')
})

test('twelve zeros are no reference', () => {
  assert.equal(rrn('305307145595'), '305307145595')
  assert.equal(rrn('000000000000'), null)
  assert.equal(rrn('30530714559'), null)
})
