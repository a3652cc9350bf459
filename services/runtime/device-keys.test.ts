import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  agreementHalf,
  isSignedBy,
  newDeviceKey,
  publicHalf,
  readPublicKey,
  sharedSecret,
  signText,
} from './device-keys.ts'

const [till, device, stranger] = [newDeviceKey(), newDeviceKey(), newDeviceKey()]

test('till and device make the same secret, each of its own key and the other’s half', () => {
  const secret = sharedSecret(till, agreementHalf(device), 'D1')
  assert.match(secret ?? '', /^[\w-]{43}$/)
  assert.equal(sharedSecret(device, agreementHalf(till), 'D1'), secret)
  assert.notEqual(sharedSecret(device, agreementHalf(till), 'D2'), secret)
  assert.notEqual(sharedSecret(stranger, agreementHalf(device), 'D1'), secret)
})

test('the half of agreement stays as long as the key does', () => {
  assert.equal(agreementHalf(till), agreementHalf(till))
  assert.notEqual(agreementHalf(till), agreementHalf(device))
})

test('a half that gives no secret, or is none, makes none', () => {
  // The point of order one: every secret made with it is zero.
  const der = Buffer.concat([Buffer.from('302a300506032b656e032100', 'hex'), Buffer.alloc(32)])
  const zero = `-----BEGIN PUBLIC KEY-----\n${der.toString('base64')}\n-----END PUBLIC KEY-----\n`
  for (const half of [zero, '', 'no key', publicHalf(device)]) {
    assert.equal(sharedSecret(till, half, 'D1'), null)
  }
})

test('a public key is known by its kind, and written in one way', () => {
  const pem = publicHalf(till)
  assert.equal(readPublicKey(`\n${pem}\n`, 'ed25519'), pem)
  assert.equal(readPublicKey(pem, 'x25519'), null)
  assert.equal(readPublicKey(agreementHalf(till), 'x25519'), agreementHalf(till))
  for (const text of ['', 'no key', till, till.replaceAll('PRIVATE', 'PUBLIC')]) {
    assert.equal(readPublicKey(text, 'ed25519'), null)
  }
})

test('a signature is of its key and its text alone', () => {
  const signature = signText(till, 'said')
  assert.ok(isSignedBy(publicHalf(till), 'said', signature))
  assert.ok(!isSignedBy(publicHalf(till), 'said otherwise', signature))
  assert.ok(!isSignedBy(publicHalf(device), 'said', signature))
  assert.ok(!isSignedBy('no key', 'said', signature))
})
