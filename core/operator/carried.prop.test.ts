import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { believesOperator, operatorKey } from '#shop/enrolment.ts'
import { kindNames } from '../document/kinds.ts'
import { type Uid, uidOf } from '../document/uid.ts'
import type { OperationId } from '../id.ts'
import { kopecks, MAX_SUM } from '../money.ts'
import { LAST_MOMENT } from '../time.ts'
import { carriedText, grouped, isCarried, readCarried } from './carried.ts'
import {
  type AnswerStatement,
  type AskedBy,
  attest,
  isAttested,
  staffEvidence,
} from './statement.ts'

const moment = fc.integer({ min: 0, max: LAST_MOMENT })
const number = fc.integer({ min: 1, max: 2_147_483_647 })
const sum = fc.integer({ min: 0, max: MAX_SUM }).map(kopecks)
const operation = fc.uuid() as fc.Arbitrary<string> as fc.Arbitrary<OperationId>
const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })
const uid: fc.Arbitrary<Uid> = fc
  .tuple(hex(64), fc.integer({ min: 1, max: 799_999_999 }))
  .map(([hash, register]) => uidOf(hash, register))
const asked: fc.Arbitrary<AskedBy> = fc.oneof(
  fc.record({ by: fc.constant('operation'), operation, expected: fc.option(number) }),
  fc.record({ by: fc.constant('moment'), from: moment, until: moment, sum }),
  fc.record({ by: fc.constant('document'), uid }),
)
const document = fc.record({
  operation: fc.option(operation),
  kind: fc.constantFrom(...kindNames),
  number,
  at: moment,
  uid,
  sum,
})
const anAnswer: fc.Arbitrary<AnswerStatement> = fc.record({
  says: fc.constant('answer'),
  device: fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }),
  registerNumber: fc.integer({ min: 0, max: 799_999_999 }),
  asked,
  verdict: fc.constantFrom('done', 'never', 'cannot-tell'),
  document: fc.option(document),
  before: fc.option(hex(64)),
  at: moment,
  staff: fc.option(
    fc.record({
      evidence: fc.constantFrom(...staffEvidence),
      by: fc.string({ minLength: 1, maxLength: 120, unit: 'binary' }),
    }),
  ),
})
/** Without the prototypes that fast-check leaves out. */
const plain = (statement: AnswerStatement): unknown => JSON.parse(JSON.stringify(statement))
const carry = (statement: AnswerStatement) => carriedText(attest(statement, operatorKey))

test('an answer comes out of its digits as it was signed', () => {
  fc.assert(
    fc.property(anAnswer, (statement) => {
      const text = carry(statement)
      assert.match(text, /^\d+$/)
      const read = readCarried(text)
      assert.deepEqual(read?.statement, plain(statement))
      assert.ok(read && isAttested(read, believesOperator))
    }),
  )
})

test('spaces, dashes and a scanner’s prefix are forgiven, as they come by hand or by wedge', () => {
  fc.assert(
    fc.property(anAnswer, fc.constantFrom('', ']Q1', ']Q3', '  '), (statement, prefix) => {
      const text = carry(statement)
      const typed = `${prefix}${grouped(text).replaceAll(' ', '\n')}-`
      assert.ok(isCarried(typed))
      assert.deepEqual(readCarried(typed)?.statement, plain(statement))
    }),
    { numRuns: 50 },
  )
})

test('digits misread, exchanged, lost or added: it is not read, or nobody signed it', () => {
  const harmed = fc
    .tuple(anAnswer, fc.nat(), fc.nat({ max: 8 }), fc.constantFrom('digit', 'swap', 'cut', 'add'))
    .map(([statement, place, digit, harm]) => {
      const text = carry(statement)
      const at = place % (text.length - 1)
      const other = String((Number(text[at]) + 1 + digit) % 10)
      const swapped = `${text[at + 1]}${text[at]}`
      const texts = {
        digit: text.slice(0, at) + other + text.slice(at + 1),
        swap: text.slice(0, at) + swapped + text.slice(at + 2),
        cut: text.slice(0, at) + text.slice(at + 1 + digit),
        add: text.slice(0, at) + other + text.slice(at),
      }
      return { text, read: texts[harm] }
    })
  fc.assert(
    fc.property(harmed, ({ text, read }) => {
      fc.pre(read !== text)
      const carried = readCarried(read)
      assert.ok(carried === null || !isAttested(carried, believesOperator))
    }),
    { numRuns: 300 },
  )
})

test('whoever counts the check digits anew has still nothing that the operator signed', () => {
  fc.assert(
    fc.property(anAnswer, fc.nat(), fc.integer({ min: 1, max: 9 }), (statement, place, change) => {
      const body = carry(statement).slice(0, -4)
      const at = 4 + (place % (body.length - 4))
      const other = String((Number(body[at]) + change) % 10)
      const altered = body.slice(0, at) + other + body.slice(at + 1)
      const text = altered + String(BigInt(altered) % 9973n).padStart(4, '0')
      const carried = readCarried(text)
      assert.ok(carried === null || !isAttested(carried, believesOperator))
    }),
    { numRuns: 300 },
  )
})

test('no code of goods or other text passes for an answer, and nothing breaks the reader', () => {
  const texts = fc.oneof(
    fc.string({ maxLength: 600 }),
    fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 700 }),
    fc
      .string({ unit: fc.constantFrom(...'0123456789'), minLength: 150, maxLength: 700 })
      .map((digits) => {
        const body = `9077${digits}`
        return body + String(BigInt(body) % 9973n).padStart(4, '0')
      }),
  )
  fc.assert(
    fc.property(texts, (text) => assert.equal(readCarried(text), null)),
    { numRuns: 500 },
  )
  for (const text of ['', '4810000000018', '9'.repeat(2000), '9077', '0'.repeat(400)]) {
    assert.equal(isCarried(text), false)
  }
})

test('an answer about a document fits a QR code that a screen shows and a wedge reads', () => {
  fc.assert(
    fc.property(anAnswer, (statement) => {
      const usual = { ...statement, device: 'D100000001', before: null, staff: null }
      assert.ok(carry(usual).length <= 432, 'version 9 at level M')
      const staff = { evidence: 'journal', by: 'a'.repeat(64) } as const
      assert.ok(carry({ ...usual, staff }).length <= 604, 'version 11')
    }),
  )
})
