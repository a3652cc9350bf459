import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTrust } from './trust.ts'

test('who failed a check is named until an answer of his passes, and told once', () => {
  let told = 0
  const trust = openTrust(() => {
    told += 1
  })
  trust.checked('sko', true)
  assert.deepEqual([trust.distrusted(), told], [[], 0])
  trust.checked('bank', false)
  trust.checked('sko', false)
  trust.checked('sko', false)
  assert.deepEqual([trust.distrusted(), told], [['sko', 'bank'], 2])
  trust.checked('bank', true)
  trust.checked('operator', true)
  assert.deepEqual([trust.distrusted(), told], [['sko'], 3])
})
