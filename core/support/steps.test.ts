import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Operation } from '../register/operation.ts'
import { lastDigits, stepsOf, type TimelineLine } from './steps.ts'

const begun = {
  id: '01938a70-0000-7000-8000-000000000001',
  kind: 'deposit',
  cashier: 'Анна',
  sum: 100,
  expected: 7,
  card: null,
  authorisation: 'none',
  reached: 'no',
  state: { is: 'intended', stage: 'fiscal' },
  signed: null,
} as unknown as Operation

const line = (seq: number) => ({ seq, at: 1000 + seq, hash: `${seq}`.padStart(64, '0') })

test('a lost answer is told as lost, and the operation as red until somebody spoke', () => {
  const lines: TimelineLine[] = [
    { ...line(1), is: 'begun', operation: begun },
    { ...line(2), is: 'heard', event: { type: 'device', outcome: 'unknown' } },
    { ...line(3), is: 'heard', event: { type: 'told', by: 'operator', verdict: 'silent' } },
    { ...line(4), is: 'heard', event: { type: 'told', by: 'operator', verdict: 'never' } },
    { ...line(5), is: 'heard', event: { type: 'acknowledged', person: 'Анна' } },
  ]
  assert.deepEqual(
    stepsOf(lines).steps.map(({ by, what, verdict, state }) => [by, what, verdict, state]),
    [
      ['person', 'begun', null, 'intended'],
      ['sko', 'device', 'unknown', 'asking'],
      ['operator', 'told', 'silent', 'red'],
      ['operator', 'told', 'never', 'failed'],
      ['person', 'acknowledged', null, 'failed'],
    ],
  )
})

test('of an endless story its beginning and its end are told, and how much is left out', () => {
  const lines: TimelineLine[] = Array.from({ length: 1000 }, (_, i) => ({
    ...line(i + 1),
    is: 'printed',
  }))
  const { steps, left } = stepsOf(lines)
  assert.equal(steps.length + left, 1000)
  assert.equal(steps.length, 200)
  assert.equal(steps[0]?.seq, 1)
  assert.equal(steps.at(-1)?.seq, 1000)
})

test('of a card no more is told than its last four digits', () => {
  assert.equal(lastDigits('9999 99** **** 0014'), '0014')
  assert.equal(lastDigits('4444333322221111'), '1111')
  assert.equal(lastDigits('****'), undefined)
  assert.equal(lastDigits(null), undefined)
})
