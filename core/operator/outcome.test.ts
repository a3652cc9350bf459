import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aDocument, aKey, sealWith } from '#test/fixtures.ts'
import { verdictOn } from './outcome.ts'

const found = sealWith(aDocument(), aKey())
const nothing = { found: null, unreadable: false, retired: false }

test('a stored document settles it, whatever number was expected', () => {
  assert.equal(verdictOn({ number: 9, found, unreadable: false, retired: false }, 7), 'done')
  assert.equal(verdictOn({ number: 7, found, unreadable: false, retired: false }, 9), 'done')
})

test('absence proves nothing while the expected number has not arrived', () => {
  assert.equal(verdictOn({ number: 6, ...nothing }, 7), 'cannot-tell')
  assert.equal(verdictOn({ number: 0, ...nothing }, 1), 'cannot-tell')
})

test('absence is proof once the expected number is stored and is another document', () => {
  assert.equal(verdictOn({ number: 7, ...nothing }, 7), 'never')
  assert.equal(verdictOn({ number: 8, ...nothing }, 7), 'never')
})

test('a document that cannot be read may be the one asked for: its number proves nothing', () => {
  assert.equal(
    verdictOn({ number: 8, found: null, unreadable: true, retired: false }, 7),
    'cannot-tell',
  )
})

test('behind a retired device’s last number nothing comes: absence proves that', () => {
  const sealed = { found: null, unreadable: false, retired: true }
  assert.equal(verdictOn({ number: 3, ...sealed }, 9), 'never')
  assert.equal(verdictOn({ number: 3, ...sealed, unreadable: true }, 3), 'cannot-tell')
  assert.equal(verdictOn({ number: 3, ...sealed, found }, 3), 'done')
})
