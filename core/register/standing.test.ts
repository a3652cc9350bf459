import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aDocument, aKey, anOperation, NOW, sealWith } from '#test/fixtures.ts'
import { uidOf } from '../document/uid.ts'
import type { Claim, Operation, State } from './operation.ts'
import {
  holdsShare,
  isDisproved,
  isGivenUp,
  isListed,
  isOpen,
  isUnproved,
  type Verb,
  verbsNow,
} from './standing.ts'

const failed = (code: string, proof: 'proved' | 'unproved'): State => ({
  is: 'failed',
  code,
  facts: {},
  proof,
})
type Row = { state: State; open: boolean; listed: boolean; unproved: boolean; verbs: Verb[] }
const row = (state: State, holds: string, verbs: Verb[] = []): Row => ({
  state,
  open: holds.includes('open'),
  listed: holds.includes('listed'),
  unproved: holds.includes('unproved'),
  verbs,
})

const rows: Row[] = [
  row({ is: 'warned', reason: 'долг', until: NOW }, 'open listed'),
  row({ is: 'intended', stage: 'fiscal' }, 'open listed'),
  row({ is: 'waiting', reached: 'maybe' }, 'open listed', ['continue', 'giveUp']),
  row({ is: 'asking', stage: 'fiscal' }, 'open listed'),
  row({ is: 'red', stage: 'fiscal', lacks: false }, 'open listed', ['confirm', 'deny', 'answer']),
  row({ is: 'red', stage: 'authorisation', lacks: false }, 'open listed', ['cancelUnfinished']),
  row({ is: 'reversing', held: false }, ''),
  row({ is: 'reversing', held: true }, 'unproved'),
  row({ is: 'registered', by: 'sko', proof: 'proved' }, 'listed'),
  row({ is: 'registered', by: 'person', proof: 'unproved' }, 'listed unproved'),
  row({ is: 'registered', by: 'person', proof: 'disproved' }, 'listed'),
  row(failed('operation.denied', 'proved'), ''),
  row(failed('operation.denied', 'unproved'), 'unproved'),
  row({ is: 'cancelled' }, ''),
]

test('where an operation stands tells what it stops, where it is seen, what one may do', () => {
  for (const { state, open, listed, unproved, verbs } of rows) {
    const operation = anOperation({ state })
    const found = {
      open: isOpen(operation),
      listed: isListed(operation),
      unproved: isUnproved(operation),
      verbs: verbsNow(operation),
    }
    assert.deepEqual(found, { open, listed, unproved, verbs }, JSON.stringify(state))
  }
})

test('a charge whose document the device lacks can only be cancelled', () => {
  const lacking: State = { is: 'red', stage: 'fiscal', lacks: true }
  const verbs = (change: Partial<Operation>) => verbsNow(anOperation({ state: lacking, ...change }))
  assert.deepEqual(verbs({ authorisation: 'approved' }), ['cancelUnfinished', 'answer'])
  assert.deepEqual(verbs({ authorisation: 'none' }), ['confirm', 'deny', 'answer'])
  const unclear = anOperation({
    state: { is: 'red', stage: 'fiscal', lacks: false },
    authorisation: 'approved',
  })
  assert.deepEqual(verbsNow(unclear), ['confirm', 'deny', 'answer'])
})

test('a word is disproved when its document is none, also while its charge goes back', () => {
  const claim: Claim = {
    number: 2,
    at: { from: NOW, until: NOW + 1 },
    uid: uidOf('0123456789abcdef', 100_000_001),
  }
  const document = aDocument()
  const signed = { document, sealed: sealWith(document, aKey()) }
  const disproved = (change: Partial<Operation>) => isDisproved(anOperation(change))
  assert.ok(disproved({ state: { is: 'registered', by: 'person', proof: 'disproved' }, claim }))
  assert.ok(!disproved({ state: { is: 'registered', by: 'person', proof: 'unproved' }, claim }))
  assert.ok(disproved({ state: { is: 'reversing', held: false }, claim }))
  assert.ok(disproved({ state: { is: 'cancelled' }, claim }))
  assert.ok(!disproved({ state: { is: 'cancelled' } }), 'nothing was said')
  assert.ok(!disproved({ state: { is: 'cancelled' }, claim, signed }), 'a document is there')
  assert.ok(!disproved({ state: { is: 'asking', stage: 'fiscal' }, claim }))
})

test('a refund holds its share of the sale until it provably never reached the device', () => {
  const holds = (change: Partial<Operation>) => holdsShare(anOperation(change))
  assert.ok(holds({ state: { is: 'registered', by: 'sko', proof: 'proved' }, reached: 'no' }))
  assert.ok(holds({ state: { is: 'asking', stage: 'fiscal' }, reached: 'maybe' }))
  assert.ok(!holds({ state: { is: 'waiting', reached: 'no' }, reached: 'no' }))
})

test('given up is what a person ended, not what was refused', () => {
  const given = (state: State) => isGivenUp(anOperation({ state }))
  assert.ok(given(failed('operation.given-up', 'proved')))
  assert.ok(given(failed('operation.denied', 'unproved')))
  assert.ok(!given(failed('TIN_ZERO_SUM', 'proved')))
  assert.ok(!given({ is: 'cancelled' }))
})
