import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as house from './assert.ts'

test('an assertion stops on what is not true and says why', () => {
  house.assert(true, 'the sky is up')
  assert.throws(() => house.assert(false, 'the sky is up'), /assertion failed: the sky is up/)
})

test('a case that was never to happen is shown', () => {
  assert.throws(() => house.never({ is: 'odd' } as never, 'state'), /state: \{"is":"odd"\}/)
})
