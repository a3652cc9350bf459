import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { aDocument, aKey, anEnrolledDevice, anOperation, sealWith } from '#test/fixtures.ts'
import { openSeals } from './seal.ts'

const key = aKey()
const open = openSeals(anEnrolledDevice(key))
const operation = anOperation()
const own = sealWith(aDocument({ operation: operation.id }), key)

test('the sealed bytes are what is read, and a signature has one form', () => {
  const opened = open(own, { operation })
  assert.ok(!('fault' in opened))
  assert.equal(opened.document.operation, operation.id)
  const body = own.body.replace('"v":1', '"v":2')
  assert.deepEqual(open({ ...own, body }, { operation }), { fault: 'malformed' })
  for (const signature of [`${own.signature} `, own.signature.replace('==', ''), 'ed25519:']) {
    assert.deepEqual(open({ ...own, signature }, { operation }), { fault: 'seal' }, signature)
  }
})

test('a key of another kind is no device’s', () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  assert.throws(() => openSeals({ ...anEnrolledDevice(key), publicKey: pem }), /Ed25519/)
})
