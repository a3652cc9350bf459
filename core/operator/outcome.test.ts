import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aDocument, aKey, sealWith } from '#test/fixtures.ts'
import { verdictOn } from './outcome.ts'

const sealed = sealWith(aDocument(), aKey())

test('a stored document settles it, whatever number was expected', () => {
  assert.deepEqual(verdictOn(sealed, 9, 7), { verdict: 'done', sealed })
  assert.deepEqual(verdictOn(sealed, 7, 9), { verdict: 'done', sealed })
})

test('absence proves nothing while the expected number has not arrived', () => {
  assert.deepEqual(verdictOn(null, 6, 7), { verdict: 'cannot-tell' })
  assert.deepEqual(verdictOn(null, 0, 1), { verdict: 'cannot-tell' })
})

test('absence is proof once the expected number is stored and is another document', () => {
  assert.deepEqual(verdictOn(null, 7, 7), { verdict: 'never' })
  assert.deepEqual(verdictOn(null, 8, 7), { verdict: 'never' })
})
