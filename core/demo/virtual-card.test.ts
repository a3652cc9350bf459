import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isLuhn } from '#core/iso8583/pan.ts'
import { virtualCards } from './virtual-card.ts'

test('virtual cards have numbers of their own that no bank has', () => {
  const pans = Object.values(virtualCards).map(({ pan }) => pan)
  assert.equal(new Set(pans).size, pans.length)
  for (const pan of pans) assert.ok(isLuhn(pan) && pan.startsWith('999999'), pan)
})
