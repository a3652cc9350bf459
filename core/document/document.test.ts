import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { test } from 'node:test'
import { aDocument } from '#test/fixtures.ts'
import { kopecks, ZERO } from '../money.ts'
import { cashEffect, isSealed, type Sealed, seal } from './document.ts'
import { kindNames } from './kinds.ts'
import { registerNumberIn } from './uid.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const pair = generateKeyPairSync('ed25519')
const signWith = (key: KeyObject) => (text: string) =>
  sign(null, Buffer.from(text), key).toString('base64')
const verifyWith = (key: KeyObject) => (text: string, signature: string) =>
  verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))

const right = { hash, verify: verifyWith(pair.publicKey) }
const document = aDocument()
const sealed = seal(document, { hash, sign: signWith(pair.privateKey) })

test('a sealed document proves itself and reads back as it was', () => {
  assert.ok(isSealed(sealed, right))
  assert.deepEqual(JSON.parse(sealed.body), document)
  assert.equal(sealed.hash, hash(sealed.body))
})

test('the УИ comes from the hash and names the register', () => {
  assert.equal(sealed.uid.slice(0, 16), sealed.hash.slice(0, 16).toUpperCase())
  assert.equal(registerNumberIn(sealed.uid), document.issuer.registerNumber)
})

test('a change of any byte is noticed, even with the hash made anew', () => {
  const body = sealed.body.replace('1250', '1251')
  assert.notEqual(body, sealed.body)
  assert.ok(!isSealed({ ...sealed, body }, right))
  assert.ok(!isSealed({ ...sealed, body, hash: hash(body) }, right))
})

test('a УИ that is not of this document is noticed', () => {
  const uid = seal(aDocument({ number: 2 }), { hash, sign: signWith(pair.privateKey) }).uid
  assert.ok(!isSealed({ ...sealed, uid }, right))
})

test('another device’s key, another suite or no signature is noticed', () => {
  const other = generateKeyPairSync('ed25519')
  const stranger = seal(document, { hash, sign: signWith(other.privateKey) })
  const [, bare = ''] = sealed.signature.split(':')
  const wrong: Sealed[] = [
    stranger,
    { ...sealed, signature: bare },
    { ...sealed, signature: `rsa:${bare}` },
    { ...sealed, signature: 'ed25519:' },
    { ...sealed, signature: 'ed25519' },
    { ...sealed, signature: `${sealed.signature}:more` },
    { ...sealed, signature: '' },
  ]
  for (const each of wrong) assert.ok(!isSealed(each, right), each.signature)
})

test('what each kind does to the drawer, change never staying in it', () => {
  const settlement = { cash: kopecks(900), card: kopecks(500), other: ZERO, change: kopecks(400) }
  assert.deepEqual(
    Object.fromEntries(kindNames.map((kind) => [kind, cashEffect(kind, settlement)])),
    {
      'shift-opening': 0,
      sale: 500,
      refund: -500,
      annulment: -500,
      deposit: 500,
      withdrawal: -500,
      'shift-closing': 0,
    },
  )
})
