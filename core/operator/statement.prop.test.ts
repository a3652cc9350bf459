import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { believesOperator, operatorKey } from '#shop/enrolment.ts'
import { GENESIS } from '../document/document.ts'
import type { OperationId } from '../id.ts'
import { type Measure, measureKinds } from './measure.ts'
import {
  type Acknowledgement,
  type Attested,
  acknowledge,
  attest,
  beliefIn,
  isAttested,
  type MeasuresStatement,
  type OutcomeStatement,
  type OwnChain,
  type Pairing,
  type Statement,
  textOf,
} from './statement.ts'

const text = fc.string({ maxLength: 20 })
const number = fc.nat()
const nullable = fc.option(text)
const anAcknowledgement: fc.Arbitrary<Acknowledgement> = fc.record({
  says: fc.constant('stored'),
  device: text,
  number,
  hash: text,
  at: number,
  nonce: nullable,
})
const anOutcome: fc.Arbitrary<OutcomeStatement> = fc.record({
  says: fc.constant('outcome'),
  device: text,
  operation: text as fc.Arbitrary<string> as fc.Arbitrary<OperationId>,
  expected: number,
  verdict: fc.constantFrom('done', 'never', 'cannot-tell'),
  hash: nullable,
  before: nullable,
  at: number,
  nonce: text,
  sealed: fc.option(fc.nat()),
})
const aMeasure: fc.Arbitrary<Measure> = fc.record({
  kind: fc.constantFrom(...measureKinds),
  reason: text,
  from: number,
  till: fc.option(number),
})
const someMeasures: fc.Arbitrary<MeasuresStatement> = fc.record({
  says: fc.constant('measures'),
  device: text,
  registerNumber: number,
  measures: fc.array(aMeasure, { maxLength: 3 }),
  at: number,
  nonce: text,
})
const aPairing: fc.Arbitrary<Pairing> = fc.record({
  says: fc.constant('paired'),
  device: text,
  registerNumber: number,
  till: text,
  agreement: text,
  at: number,
})
const aStatement: fc.Arbitrary<Statement> = fc.oneof(
  anAcknowledgement,
  anOutcome,
  someMeasures,
  aPairing,
)

test('no two statements have the same signed bytes', () => {
  fc.assert(
    fc.property(aStatement, aStatement, (one, other) => {
      fc.pre(JSON.stringify(one) !== JSON.stringify(other))
      assert.notEqual(textOf(one), textOf(other))
    }),
  )
})

test('a statement passes as it was signed, and fails with any field of it altered', () => {
  fc.assert(
    fc.property(aStatement, aStatement, (one, other) => {
      const signed = attest(one, operatorKey)
      assert.ok(isAttested(signed, believesOperator))
      for (const [name, value] of Object.entries(other)) {
        // What it says decides which fields it has: another one is no statement at all.
        if (!Object.hasOwn(one, name) || name === 'says') continue
        const altered = { ...one, [name]: value } as Statement
        if (textOf(altered) === textOf(one)) continue
        assert.equal(isAttested({ ...signed, statement: altered }, believesOperator), false, name)
      }
    }),
    { numRuns: 100 },
  )
})

test('a signature of another text, or a key that nobody enrolled, proves nothing', () => {
  fc.assert(
    fc.property(aStatement, text, (statement, other) => {
      const signed: Attested<Statement> = attest(statement, operatorKey)
      const { signature } = operatorKey(other)
      assert.equal(isAttested({ ...signed, signature }, believesOperator), false)
      assert.equal(isAttested({ ...signed, signature: other }, believesOperator), false)
      assert.equal(isAttested({ ...signed, key: `${signed.key}0` }, believesOperator), false)
    }),
    { numRuns: 50 },
  )
})

const DEVICE = 'SKO0000001'
const hashOf = (at: number) => String(at).padStart(64, 'a')
const chain: OwnChain = { device: DEVICE, number: 5, hashAt: hashOf }
const asked = { verify: believesOperator, nonce: 'asked now' }
const said = (change: Partial<{ device: string; number: number; hash: string; nonce: string }>) =>
  acknowledge(
    { device: DEVICE, number: 3, hash: hashOf(change.number ?? 3), ...change },
    { key: operatorKey, at: 1, nonce: change.nonce ?? asked.nonce },
  )

test('an acknowledgement is believed for the own documents alone, and as the answer it is', () => {
  assert.equal(beliefIn(said({}), chain, asked), 'fits')
  assert.equal(beliefIn(said({ number: 0, hash: GENESIS }), chain, asked), 'fits')
  assert.equal(beliefIn(undefined, chain, asked), 'distrusted')
  assert.equal(beliefIn(said({ device: 'SKO0000002' }), chain, asked), 'distrusted')
  assert.equal(beliefIn(said({ nonce: 'an old question' }), chain, asked), 'distrusted')
  assert.equal(beliefIn(said({ number: 6 }), chain, asked), 'diverges', 'more than was made')
  assert.equal(beliefIn(said({ hash: hashOf(4) }), chain, asked), 'diverges', 'another document')
  assert.equal(beliefIn(said({ number: 0, hash: hashOf(0) }), chain, asked), 'diverges')
})

test('whoever does not know the document under a number contradicts nobody', () => {
  const blind = { ...chain, hashAt: () => null }
  assert.equal(beliefIn(said({ hash: hashOf(4) }), blind, asked), 'fits')
})
