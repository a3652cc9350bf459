import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aDocument, aKey, anIssuer, anOperation, NOW, sealWith } from '#test/fixtures.ts'
import type { FiscalDocument } from '../document/document.ts'
import { uidOf } from '../document/uid.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../time.ts'
import {
  type ClaimField,
  contradiction,
  impossible,
  type Own,
  readClaim,
  type Typed,
} from './claim.ts'
import type { Claim, Signed } from './operation.ts'

const registerNumber = anIssuer().registerNumber
const uid = uidOf('0123456789abcdef', registerNumber)
const typed: Typed = { number: '15', at: '23.11.2026 12:00', uid }
const aClaim = (change: Partial<Claim> = {}): Claim => ({
  number: 15,
  at: { from: NOW, until: NOW + MINUTE },
  uid,
  ...change,
})
const around = (at: number) => ({ from: at, until: at + SECOND })

test('a form is read as a person types: spaces, any case, groups, a Cyrillic keyboard', () => {
  assert.deepEqual(readClaim(typed), aClaim())
  const grouped = `${uid.toLowerCase().replace(/.{4}(?=.)/g, '$& ')}`
  const loose = { number: ' 15 ', at: ' 23.11.2026 12:00 ', uid: grouped.replaceAll('a', 'а') }
  assert.deepEqual(readClaim(loose), aClaim())
  const exact = readClaim({ ...typed, at: '23.11.2026 12:00:07' })
  assert.deepEqual(exact, aClaim({ at: around(NOW + 7 * SECOND) }))
})

test('what cannot be read names its field, from the top of the form', () => {
  const rows: [Partial<Typed>, ClaimField][] = [
    [{ number: '' }, 'number'],
    [{ number: '0' }, 'number'],
    [{ number: '-1' }, 'number'],
    [{ number: '1.5' }, 'number'],
    [{ number: '1e3' }, 'number'],
    [{ number: '1234567890' }, 'number'],
    [{ at: '' }, 'at'],
    [{ at: '31.02.2026 12:00' }, 'at'],
    [{ at: '23.11.2026 24:00' }, 'at'],
    [{ at: '23.11.2026' }, 'at'],
    [{ uid: '' }, 'uid'],
    [{ uid: uid.slice(1) }, 'uid'],
    [{ uid: `${uid.slice(1)}G` }, 'uid'],
    [{ number: '', at: '', uid: '' }, 'number'],
  ]
  for (const [change, field] of rows) {
    const read = readClaim({ ...typed, ...change })
    assert.ok('field' in read, JSON.stringify(change))
    assert.equal(read.field, field)
  }
})

/** The operation's own document: number 15, made at NOW and some seconds. */
function aSigned(change: Partial<FiscalDocument> = {}): Signed {
  const document = aDocument({ number: 15, at: NOW + 7 * SECOND, ...change })
  return { document, sealed: sealWith(document, aKey()) }
}
const signed = aSigned()
const own = aClaim({ uid: signed.sealed.uid })

test('a claim that is the proved document contradicts nothing', () => {
  assert.equal(contradiction(own, signed, null), null)
  assert.equal(contradiction({ ...own, at: around(NOW + 7 * SECOND) }, signed, null), null)
})

test('a claim that differs in one thing names that field', () => {
  const field = (change: Partial<Claim>) =>
    contradiction({ ...own, ...change }, signed, null)?.field
  assert.equal(field({ number: 14 }), 'number')
  assert.equal(field({ at: around(NOW + 8 * SECOND) }), 'at')
  assert.equal(field({ at: around(NOW + 6 * SECOND) }), 'at', 'the end of a second is not in it')
  assert.equal(field({ uid }), 'uid')
  assert.equal(field({ number: 14, at: around(NOW) }), 'number')
})

test('what a claim contradicts is told with what is right', () => {
  const told = (claim: Partial<Claim>, named: FiscalDocument | null = null) =>
    contradiction({ ...own, ...claim }, signed, named)
  const { at } = signed.document
  const number = { field: 'number', reason: 'other-number', facts: { number: 15 } }
  assert.deepEqual(told({ number: 14 }), number)
  assert.deepEqual(told({ at: around(NOW) }), {
    field: 'at',
    reason: 'other-moment',
    facts: { at },
  })
  assert.deepEqual(told({ uid, number: 14 }), { field: 'uid', reason: 'other-uid' })
  assert.deepEqual(told({ uid, number: 14 }, aDocument({ number: 14, kind: 'deposit' })), {
    field: 'uid',
    reason: 'other-document',
    facts: { kind: 'deposit', number: 14, sum: 1250 },
  })
})

test('a claim that is off in its УИ and in more speaks of another document', () => {
  for (const change of [{ number: 14 }, { at: around(NOW + HOUR) }]) {
    for (const named of [null, aDocument({ number: 14, kind: 'deposit' })]) {
      assert.equal(contradiction(aClaim(change), signed, named)?.field, 'uid')
    }
  }
})

const operation = anOperation({ expected: 15, begunAt: NOW })
const nothing: Own = { now: NOW + HOUR, registerNumber, byNumber: null, byUid: null }
const field = (change: Partial<Claim>, known: Partial<Own> = {}) =>
  impossible(operation, aClaim(change), { ...nothing, ...known })?.field ?? null

test('a claim that nothing speaks against is possible', () => {
  assert.equal(field({}), null)
  assert.equal(field({ number: 16 }), null, 'others may have made documents before it')
  assert.equal(field({}, { registerNumber: null }), null)
})

test('a document that the register has already is none of this operation', () => {
  assert.equal(field({}, { byUid: aDocument() }), 'uid')
  assert.equal(field({}, { byNumber: aDocument({ number: 15 }) }), 'number')
  assert.equal(field({}, { byUid: aDocument(), byNumber: aDocument() }), 'uid')
})

test('a УИ of another register, and a number below the expected one, are impossible', () => {
  assert.equal(field({ uid: uidOf('0123456789abcdef', registerNumber + 1) }), 'uid')
  assert.equal(field({ number: 14 }), 'number')
})

// The device's clock and the till's may stand five minutes apart.
test('a moment before the operation was begun is impossible, a little apart is not', () => {
  const begun = NOW - 5 * MINUTE
  assert.equal(field({ at: { from: begun - MINUTE, until: begun } }), 'at')
  assert.equal(field({ at: { from: begun - MINUTE, until: begun + 1 } }), null)
  assert.equal(field({ at: around(NOW - DAY) }), 'at')
})

test('a moment that has not come yet is impossible, a little apart is not', () => {
  const { now } = nothing
  assert.equal(field({ at: around(now + 5 * MINUTE) }), null)
  assert.equal(field({ at: around(now + 5 * MINUTE + 1) }), 'at')
  assert.equal(field({ at: around(now + DAY) }), 'at')
})

test('what makes a claim impossible is told with what is known', () => {
  const told = (claim: Partial<Claim>, known: Partial<Own> = {}) =>
    impossible(operation, aClaim(claim), { ...nothing, ...known })
  const facts = { kind: 'sale', number: 12, sum: 1250 }
  const document = aDocument({ number: 12 })
  const known = { field: 'uid', reason: 'known-uid', facts }
  assert.deepEqual(told({}, { byUid: document }), known)
  const numbered = { field: 'number', reason: 'known-number', facts }
  assert.deepEqual(told({}, { byNumber: document }), numbered)
  const low = { field: 'number', reason: 'too-low', facts: { expected: 15 } }
  assert.deepEqual(told({ number: 14 }), low)
  const late = { field: 'at', reason: 'begun-later', facts: { at: NOW } }
  assert.deepEqual(told({ at: around(NOW - DAY) }), late)
})

test('the first document of a device can be claimed', () => {
  assert.deepEqual(readClaim({ ...typed, number: '1' }), aClaim({ number: 1 }))
})
