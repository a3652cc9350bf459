import assert from 'node:assert/strict'
import { test } from 'node:test'
import { believesOperator, operatorKey } from '#shop/enrolment.ts'
import { aDocument, aKey, anIssuer, anOperation, NOW, sealWith } from '#test/fixtures.ts'
import { operationId } from '../id.ts'
import { kopecks } from '../money.ts'
import { type AnswerStatement, attest } from '../operator/statement.ts'
import { DAY, HOUR, MINUTE } from '../time.ts'
import { type AnswerGround, checkAnswer } from './answer-check.ts'
import type { Operation } from './operation.ts'

// C2b: what of a carried answer is believed, and by which name it is refused otherwise.

const { device, registerNumber } = anIssuer()
const operation = anOperation({ expected: 15 })
const { id } = operation
const { uid } = sealWith(aDocument({ number: 15, operation: id, sum: operation.sum }), aKey())
const other = operationId('0197a2b4-0000-7000-8000-0000000000ff')
assert.ok(other)
const own = 'a'.repeat(64)
const ground: AnswerGround = {
  device,
  registerNumber,
  verify: believesOperator,
  hashAt: (number) => (number === 14 ? own : null),
  now: NOW + HOUR,
}
const document = {
  operation: id,
  kind: 'sale',
  number: 15,
  at: NOW,
  uid,
  sum: operation.sum,
} as const
const done: AnswerStatement = {
  says: 'answer',
  device,
  registerNumber,
  asked: { by: 'operation', operation: id, expected: 15 },
  verdict: 'done',
  document,
  before: null,
  at: NOW + MINUTE,
  staff: null,
}
const never: AnswerStatement = { ...done, verdict: 'never', document: null, before: own }
const said = (
  statement: AnswerStatement,
  { of = operation, at = ground }: { of?: Operation; at?: AnswerGround } = {},
) => checkAnswer(of, attest(statement, operatorKey), at)
const codeOf = (checked: object): unknown => ('code' in checked ? checked.code : checked)

test('an answer about this operation is what the operator itself would have said', () => {
  const claim = { number: 15, at: { from: NOW, until: NOW + 1 }, uid }
  assert.deepEqual(said(done), { verdict: 'done', claim, staff: null })
  const byTime = { by: 'moment', from: NOW, until: NOW + MINUTE, sum: operation.sum } as const
  assert.deepEqual(said({ ...done, asked: byTime }), { verdict: 'done', claim, staff: null })
  assert.deepEqual(said(never), { verdict: 'never', staff: null })
})

test('whoever is not the operator, and whoever alters what it said, is refused', () => {
  const carried = attest(done, operatorKey)
  const altered = { ...carried, statement: { ...done, at: done.at + 1 } }
  assert.equal(codeOf(checkAnswer(operation, altered, ground)), 'answer.unsigned')
  const nobody = { ...ground, verify: () => false }
  assert.equal(codeOf(checkAnswer(operation, carried, nobody)), 'answer.unsigned')
})

test('an answer about another till or another operation is refused by name', () => {
  for (const change of [{ device: 'D1' }, { registerNumber: 1 }]) {
    assert.equal(codeOf(said({ ...done, ...change })), 'answer.other-register')
  }
  const others: Partial<AnswerStatement>[] = [
    { asked: { by: 'operation', operation: other, expected: 15 } },
    { document: { ...document, operation: other } },
    { document: { ...document, operation: null, number: 14 } },
    { document: { ...document, sum: kopecks(1) } },
    { document: { ...document, kind: 'refund' } },
  ]
  for (const change of others) {
    assert.equal(codeOf(said({ ...done, ...change })), 'answer.other-operation')
  }
  const foreign = { ...document, operation: null }
  assert.deepEqual(codeOf(said({ ...done, document: foreign })), said(done), 'a plain device')
})

test('an answer of before the operation, or of the day before, is stale', () => {
  const at = (moment: number) => codeOf(said({ ...done, at: moment }))
  assert.equal(at(operation.begunAt - 6 * MINUTE), 'answer.stale')
  const tomorrow = { at: { ...ground, now: done.at + DAY + 1 } }
  assert.equal(codeOf(said(done, tomorrow)), 'answer.stale')
  assert.notEqual(at(operation.begunAt - MINUTE), 'answer.stale', 'clocks stand apart')
})

test('«never» counts for the number that was expected, known and in the till’s own chain', () => {
  const refused: [AnswerStatement, { of?: Operation }?][] = [
    [{ ...never, asked: { by: 'operation', operation: id, expected: 16 } }],
    [{ ...never, asked: { by: 'operation', operation: id, expected: null } }],
    [{ ...never, before: 'b'.repeat(64) }],
    [{ ...never, verdict: 'cannot-tell' }],
    [{ ...never, asked: { by: 'moment', from: NOW, until: NOW, sum: operation.sum } }],
    [never, { of: anOperation({ expected: 15, guessed: true }) }],
  ]
  for (const [statement, more] of refused) {
    assert.equal(codeOf(said(statement, more)), 'answer.cannot-tell')
  }
})
