import assert from 'node:assert/strict'
import { test } from 'node:test'
import { counted, type Missed, readMissed } from './missed.ts'

const milk: Missed = { code: '4819000200015', why: 'unknown' }
const bread: Missed = { code: '4810000000017', why: 'unknown' }

test('what is kept is read back, and anything else is left out', () => {
  assert.deepEqual(readMissed(JSON.parse(JSON.stringify([milk, bread]))), [milk, bread])
  for (const other of [undefined, null, {}, 'milk']) assert.deepEqual(readMissed(other), [])
  const mixed = [null, milk, { code: 5, why: 'unknown' }, { code: '5', why: 'toString' }]
  assert.deepEqual(readMissed(mixed), [milk])
})

test('a code stands once for each reason, counted, the newest first', () => {
  const busy: Missed = { code: milk.code, why: 'paying' }
  assert.deepEqual(counted([milk, bread, milk, busy]), [
    { ...busy, times: 1 },
    { ...milk, times: 2 },
    { ...bread, times: 1 },
  ])
})
