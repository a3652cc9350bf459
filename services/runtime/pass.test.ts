import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MINUTE } from '#core/time.ts'
import { passHolder, passOf } from './pass.ts'

const keys: Record<string, string> = { D1: 'secret', D2: 'other' }
const keyOf = (who: string) => keys[who] ?? null
const NOW = Date.UTC(2026, 10, 23)

test('a pass tells who shows it, for two minutes', () => {
  const pass = passOf('D1', 'secret', NOW)
  assert.equal(passHolder(pass, keyOf, NOW), 'D1')
  assert.equal(passHolder(pass, keyOf, NOW + 2 * MINUTE), 'D1')
  assert.equal(passHolder(pass, keyOf, NOW + 3 * MINUTE), null)
  assert.equal(passHolder(pass, keyOf, NOW - 3 * MINUTE), null)
})

test('nobody makes one without the key, or turns his own into another’s', () => {
  const pass = passOf('D1', 'secret', NOW)
  assert.equal(passHolder(passOf('D1', 'guess', NOW), keyOf, NOW), null)
  assert.equal(passHolder(pass.replace('D1', 'D2'), keyOf, NOW), null)
  for (const wrong of [undefined, '', 'D1', 'D1 1', ['D1'], `${pass} x`, passOf('D3', 'x', NOW)]) {
    assert.equal(passHolder(wrong, keyOf, NOW), null)
  }
})

test('the key cannot be read off a pass', () => {
  assert.ok(!passOf('D1', 'secret', NOW).includes('secret'))
})
