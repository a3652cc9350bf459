import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aDocument, aKey, anIssuer, anOperation, NOW, sealWith } from '#test/fixtures.ts'
import { uidOf } from '../document/uid.ts'
import { HOUR, MINUTE } from '../time.ts'
import type { Own } from './claim.ts'
import { type Heard, judgeConfirmed, judgeDenied } from './judgement.ts'
import type { Claim, Evidence, Signed } from './operation.ts'

// R6 and R10 as tables: what device and operator said, and what becomes of the person's word.

const operation = anOperation({ expected: 15 })
const document = aDocument({ number: 15, at: NOW, operation: operation.id })
const signed: Signed = { document, sealed: sealWith(document, aKey()) }
const registerNumber = anIssuer().registerNumber
const at = { from: NOW, until: NOW + MINUTE }
const right: Claim = { number: 15, at, uid: signed.sealed.uid }
const own: Own = { now: NOW + HOUR, registerNumber, byNumber: null, byUid: null }

type Device = Evidence['device']
type Operator = Evidence['operator']
const devices: Device[] = ['never', 'lacks', 'busy', 'away', 'silent', 'distrusted']
const operators: Operator[] = ['never', 'cannot-tell', 'silent', null]
const heard = (device: Device, operator: Operator, more: Partial<Heard> = {}): Heard => ({
  evidence: { device, operator, unsent: 0 },
  signed: null,
  named: null,
  ...more,
})
const confirmed = (claim: Claim, given: Heard, change: Partial<Own> = {}) =>
  judgeConfirmed(operation, claim, { ...given, own: { ...own, ...change } })
const codeOf = (judged: object): string => ('code' in judged ? String(judged.code) : 'accepted')

test('«УСПЕШНО» without the document, by what device and operator said', () => {
  const expected: Record<Device, string[]> = {
    never: Array(4).fill('claim.no-document'),
    lacks: Array(4).fill('claim.no-document'),
    busy: ['claim.no-document', 'claim.not-yet', 'accepted', 'accepted'],
    away: ['claim.no-document', 'claim.not-yet', 'accepted', 'accepted'],
    silent: ['claim.no-document', 'claim.not-yet', 'accepted', 'accepted'],
    distrusted: ['claim.no-document', 'claim.not-yet', 'accepted', 'accepted'],
    done: [],
  }
  for (const device of devices) {
    const codes = operators.map((operator) => codeOf(confirmed(right, heard(device, operator))))
    assert.deepEqual(codes, expected[device], device)
  }
})

test('«УСПЕШНО» with the document is proved, whoever has it', () => {
  for (const given of [heard('done', null, { signed }), heard('silent', 'done', { signed })]) {
    assert.deepEqual(confirmed(right, given), { signed })
  }
})

test('«УСПЕШНО» that nobody could check is accepted without a document', () => {
  assert.deepEqual(confirmed(right, heard('silent', 'silent')), { signed: null })
})

test('a claim that contradicts the proved document names its field', () => {
  const given = heard('done', null, { signed })
  const wrong = confirmed({ ...right, number: 16 }, given)
  assert.ok('code' in wrong && wrong.code === 'claim.wrong')
  assert.equal(wrong.field, 'number')
  const other = uidOf('0123456789abcdef', registerNumber)
  const another = confirmed({ ...right, number: 16, uid: other }, given)
  assert.ok('code' in another && another.code === 'claim.wrong')
  assert.equal(another.field, 'uid')
})

test('a claim that cannot be checked is held against what the register knows itself', () => {
  const future = { ...right, at: { from: NOW + 2 * HOUR, until: NOW + 2 * HOUR + MINUTE } }
  const wrong = confirmed(future, heard('silent', 'silent'))
  assert.ok('code' in wrong && wrong.code === 'claim.wrong')
  assert.equal(wrong.field, 'at')
  const known = confirmed(right, heard('silent', 'silent'), { byUid: aDocument() })
  assert.ok('code' in known && known.code === 'claim.wrong')
  assert.equal(known.field, 'uid')
  // Whoever says that there is none is believed before the form is read closer.
  assert.equal(codeOf(confirmed(future, heard('never', null))), 'claim.no-document')
})

const denied = (device: Device, operator: Operator, unsent: number | null) => {
  const judged = judgeDenied(heard(device, operator, { evidence: { device, operator, unsent } }))
  return 'code' in judged ? judged.code : judged.proof
}

test('«НЕУСПЕШНО» without the document, by what device and operator said', () => {
  for (const unsent of [0, 3, null]) {
    for (const operator of operators) {
      assert.equal(denied('never', operator, unsent), 'proved', `${operator} ${unsent}`)
    }
    for (const device of devices) {
      assert.equal(denied(device, 'never', unsent), 'proved', `${device} ${unsent}`)
    }
  }
  for (const device of ['lacks', 'busy', 'away', 'silent'] as const) {
    assert.equal(denied(device, 'silent', 3), 'unproved', device)
    assert.equal(denied(device, null, null), 'unproved', device)
    assert.equal(denied(device, 'cannot-tell', 0), 'unproved', device)
    assert.equal(denied(device, 'cannot-tell', 1), 'deny.unsent', device)
    assert.equal(denied(device, 'cannot-tell', null), 'deny.unsent', device)
  }
})

test('a refusal of «НЕУСПЕШНО» tells how many documents are on their way', () => {
  const evidence = { device: 'silent', operator: 'cannot-tell', unsent: 2 } as const
  const judged = judgeDenied({ evidence, signed: null, named: null })
  assert.deepEqual(judged, { code: 'deny.unsent', unsent: 2 })
})

test('«НЕУСПЕШНО» of an operation that has a document is refused, by whoever has it', () => {
  assert.deepEqual(judgeDenied(heard('done', null, { signed })), {
    code: 'deny.exists',
    signed,
    by: 'sko',
  })
  const byOperator = judgeDenied(heard('silent', 'done', { signed }))
  assert.deepEqual(byOperator, { code: 'deny.exists', signed, by: 'operator' })
})
