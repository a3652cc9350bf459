import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kopecks } from '../money.ts'
import { faultOfWord } from './staff-word.ts'

const found = {
  operation: null,
  kind: 'sale',
  number: 7,
  at: 1,
  uid: 'A'.repeat(24) as never,
  sum: kopecks(1),
} as const
const nothing = { found: null, isNever: false, isTaken: false }

test('R2: a word against what the operator holds or can prove is refused', () => {
  const never = { verdict: 'never', evidence: 'journal' } as const
  const done = { verdict: 'done', evidence: 'journal' } as const
  assert.equal(faultOfWord(never, { ...nothing, found }), 'word.exists')
  assert.equal(faultOfWord(done, { ...nothing, isNever: true }), 'word.never')
  assert.equal(faultOfWord(done, { ...nothing, isTaken: true }), 'word.number-taken')
  assert.equal(faultOfWord(done, { ...nothing, found }), null)
  assert.equal(faultOfWord(never, { ...nothing, isNever: true }), null)
  for (const said of [never, done]) assert.equal(faultOfWord(said, nothing), null)
})

test('«the operator holds it» is evidence only where its books tell', () => {
  for (const verdict of ['done', 'never'] as const) {
    const said = { verdict, evidence: 'document' } as const
    assert.equal(faultOfWord(said, nothing), 'word.no-document')
  }
  const backed = { ...nothing, isNever: true }
  assert.equal(faultOfWord({ verdict: 'never', evidence: 'document' }, backed), null)
  const held = { ...nothing, found }
  assert.equal(faultOfWord({ verdict: 'done', evidence: 'document' }, held), null)
})
