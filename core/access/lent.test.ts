import assert from 'node:assert/strict'
import { test } from 'node:test'
import { operationId } from '../id.ts'
import { HOUR } from '../time.ts'
import { isLentFor, type Lent } from './lent.ts'

const operation = operationId('0197a2b4-2222-7000-8000-000000000001')
const other = operationId('0197a2b4-2222-7000-8000-000000000002')
assert.ok(operation && other)

const wanted = { right: 'refund', operation, content: 'c', asker: 'Анна' } as const
const by = { id: 'l', person: 'Ольга', at: 1000, kind: 'refund' } as const
const lent: Lent = Object.assign({}, by, wanted)
const soon = { now: 2000, isBegun: false }

test('a right is lent for the one operation, its content, its right and whoever asked', () => {
  assert.ok(isLentFor(lent, wanted, soon))
  for (const change of [
    { right: 'annul' },
    { operation: other },
    { content: 'd' },
    { asker: 'Пётр' },
  ] as const) {
    assert.ok(!isLentFor(lent, { ...wanted, ...change }, soon), JSON.stringify(change))
  }
})

test('it waits an hour for its operation, and a repeat of that for ever', () => {
  const late = 1000 + HOUR
  assert.ok(isLentFor(lent, wanted, { now: late - 1, isBegun: false }))
  assert.ok(!isLentFor(lent, wanted, { now: late, isBegun: false }))
  assert.ok(isLentFor(lent, wanted, { now: late, isBegun: true }))
  assert.ok(isLentFor(lent, wanted, { now: 1000 - HOUR + 1, isBegun: false }))
  assert.ok(!isLentFor(lent, wanted, { now: 1000 - HOUR, isBegun: false }), 'a clock put back')
})
