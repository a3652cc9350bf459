import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOperation } from '#test/fixtures.ts'
import { kopecks } from '../money.ts'
import { type CorrectionFacts, judgeCorrection } from './correction.ts'
import type { Operation } from './operation.ts'

const facts: CorrectionFacts = {
  open: [],
  unproved: [],
  cash: kopecks(100),
  skoCash: kopecks(250),
}

test('БД is brought to what the СКО holds, by the sum that was agreed to', () => {
  const judged = judgeCorrection(facts, kopecks(150))
  assert.deepEqual(judged, { amount: 150, skoCash: 250 })
  assert.deepEqual(judgeCorrection(facts, kopecks(140)), { code: 'correction.stale', sum: 150 })
  const even = { ...facts, skoCash: kopecks(100) }
  assert.deepEqual(judgeCorrection(even, kopecks(0)), { code: 'correction.needless' })
})

// Found by the simulator: the word was proved wrong a second later, and the sum was off again.
test('nothing is corrected while a word about an operation could not be checked', () => {
  const unproved = [{ id: 'a word' } as unknown as Operation]
  const judged = judgeCorrection({ ...facts, unproved }, kopecks(150))
  assert.deepEqual(judged, { code: 'sko.away' })
})

test('nothing is corrected while an operation stands open, and it is named', () => {
  const red = anOperation({ state: { is: 'red', stage: 'fiscal', lacks: false } })
  const open = anOperation({ state: { is: 'waiting', reached: 'no' } })
  const code = (operation: Operation) =>
    judgeCorrection({ ...facts, open: [operation] }, kopecks(150))
  assert.deepEqual(code(red), { code: 'operation.red', operation: red })
  assert.deepEqual(code(open), { code: 'operation.open', operation: open })
})
