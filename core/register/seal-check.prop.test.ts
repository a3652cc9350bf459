import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import type { FiscalDocument, Sealed } from '#core/document/document.ts'
import { kopecks } from '#core/money.ts'
import { LAST_MOMENT } from '#core/time.ts'
import { aDocument, aKey, anIssuer, anOperation, hashOf, sealWith } from '#test/fixtures.ts'
import { checkSigned, type PinnedDevice } from './seal-check.ts'

const key = aKey()
const publicKey = createPublicKey(key.publicKeyPem)
const { device: serial, unp, registerNumber } = anIssuer()
const pinned: PinnedDevice = {
  serial,
  unp,
  registerNumber,
  hash: hashOf,
  verify: (text, signature) =>
    verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64')),
}
const operation = anOperation()
const ownDocument = (change: Partial<FiscalDocument> = {}) =>
  aDocument({ operation: operation.id, number: 7, ...change })
const check = (sealed: Sealed, asked: Parameters<typeof checkSigned>[2] = { operation }) =>
  checkSigned(pinned, { sealed, document: JSON.parse(sealed.body) }, asked)
const sealedBy = (change: Partial<FiscalDocument>, by = key) => sealWith(ownDocument(change), by)

const own = sealedBy({})

test('the device’s own document, the one that was asked for, is believed', () => {
  assert.equal(check(own), null)
  assert.equal(check(own, { number: 7 }), null)
})

test('any byte of a sealed document that is changed breaks its seal', () => {
  const fields = ['body', 'hash', 'uid', 'signature'] as const
  const place = fc.record({
    field: fc.constantFrom(...fields),
    at: fc.nat(),
    by: fc.integer({ min: 1, max: 90 }),
  })
  fc.assert(
    fc.property(place, ({ field, at, by }) => {
      const text: string = own[field]
      const i = at % text.length
      // Printable ASCII, and another one than before.
      const other = String.fromCharCode(33 + ((text.charCodeAt(i) - 33 + by) % 91))
      const changed = { ...own, [field]: text.slice(0, i) + other + text.slice(i + 1) } as Sealed
      // What the body says is what its caller has parsed, whatever became of the bytes.
      const signed = { sealed: changed, document: JSON.parse(own.body) }
      if (field === 'signature' && isSameSignature(changed)) return
      assert.ok(checkSigned(pinned, signed, { operation }), `${field} ${i}`)
    }),
    { numRuns: 2000 },
  )
})

/** Base64 that Node reads as the same bytes; the link's own check takes one form alone. */
const isSameSignature = ({ signature }: Sealed): boolean => {
  const [suite, text = ''] = signature.split(':')
  const [, before = ''] = own.signature.split(':')
  const bytes = (base64: string) => Buffer.from(base64, 'base64').toString('hex')
  return suite === 'ed25519' && bytes(text) === bytes(before)
}

test('another device’s seal, issuer or register is not believed', () => {
  assert.equal(check(sealedBy({}, aKey())), 'seal')
  for (const change of [{ device: 'X' }, { unp: '100000001' }, { registerNumber: 199_999_999 }]) {
    assert.equal(check(sealedBy({ issuer: anIssuer(change) })), 'issuer', JSON.stringify(change))
  }
})

test('a date that no document can have is not believed; a clock that differs is no reason', () => {
  for (const at of [0, Date.UTC(2019, 11, 31), LAST_MOMENT + 1]) {
    assert.equal(check(sealedBy({ at })), 'moment')
  }
  for (const at of [Date.UTC(2021, 0), operation.begunAt - 9e9, operation.begunAt + 9e9]) {
    assert.equal(check(sealedBy({ at })), null)
  }
})

test('what differs from what was asked for is another document', () => {
  const [line] = ownDocument().lines
  assert.ok(line)
  const others: Partial<FiscalDocument>[] = [
    { operation: '0197a2b4-0000-7000-8000-000000000002' },
    { operation: null },
    { kind: 'refund' },
    { sum: kopecks(1251) },
    { cashier: 'Ольга' },
    { payments: [{ means: 'other', sum: kopecks(1250) }] },
    { payments: [] },
    { settlement: { ...ownDocument().settlement, change: kopecks(1) } },
    { lines: [] },
    { lines: [line, line] },
    { lines: [{ ...line, name: 'Соль' }] },
    { lines: [{ ...line, code: null }] },
    { lines: [{ ...line, vat: 20 }] },
    { lines: [{ ...line, price: kopecks(1) }] },
    { discount: kopecks(1) },
    { markup: kopecks(1) },
    { basis: { number: 1, uid: own.uid } },
  ]
  for (const change of others) {
    // The number that was expected is another one: a document without an operation is not it.
    assert.equal(check(sealedBy(change)), 'other', JSON.stringify(change))
  }
  assert.equal(check(own, { number: 8 }), 'other')
})

test('of a device that knows no operations the number that was expected must have come', () => {
  const { expected } = operation
  assert.equal(check(sealedBy({ operation: null, number: expected })), null)
  assert.equal(check(sealedBy({ operation: null, number: expected + 1 })), 'other')
})
