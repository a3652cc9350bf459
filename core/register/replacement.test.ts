import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attest, type RetiredStatement } from '#core/operator/statement.ts'
import { operatorKeyOf } from '#services/runtime/operator-keys.ts'
import { believesOperator, newKey, operatorKey } from '#shop/enrolment.ts'
import { beliefInRetired } from './replacement.ts'

const device = { serial: 'SKO1', unp: '191234568', registerNumber: 199_000_001, publicKey: '' }
const hash = 'a'.repeat(64)
const statement: RetiredStatement = {
  says: 'retired',
  device: device.serial,
  registerNumber: device.registerNumber,
  number: 3,
  hash,
  at: 1,
  successor: { device: 'SKO2', publicKey: 'pem', agreement: null },
  nonce: 'asked just now',
}
const ground = {
  device,
  nonce: statement.nonce,
  hashAt: (number: number) => (number === 3 ? hash : null),
  verify: believesOperator,
}
const told = (change: Partial<RetiredStatement> = {}, key = operatorKey) =>
  attest(Object.assign({}, statement, change), key)

test('the operator’s seal on the chain that the till saw made is believed', () => {
  assert.equal(beliefInRetired(told(), ground), 'fits')
  // What the till never saw may be behind it, and nothing at all.
  assert.equal(beliefInRetired(told({ number: 4, hash: 'b'.repeat(64) }), ground), 'fits')
  assert.equal(beliefInRetired(told({ number: 0, hash: '0'.repeat(64) }), ground), 'fits')
})

test('a seal on another chain is the operator’s, and nothing follows from it', () => {
  assert.equal(beliefInRetired(told({ hash: 'b'.repeat(64) }), ground), 'diverges')
  assert.equal(beliefInRetired(told({ number: 0 }), ground), 'diverges')
})

const impostors: [string, ReturnType<typeof told>][] = [
  ['signs with another key', told({}, operatorKeyOf(newKey()))],
  ['repeats an old word', told({ nonce: 'asked long ago' })],
  ['repeats the word about another device', told({ device: 'SKO3' })],
  ['repeats the word about another register', told({ registerNumber: 199_000_002 })],
  ['names the device as its own successor', told({ successor: { ...anOther(), device: 'SKO1' } })],
  ['alters the seal', Object.assign({}, told(), { statement: { ...statement, number: 2 } })],
  [
    'alters the successor',
    Object.assign({}, told(), { statement: { ...statement, successor: anOther() } }),
  ],
]

function anOther() {
  return { device: 'SKO9', publicKey: 'mine', agreement: null }
}

for (const [name, proof] of impostors) {
  test(`who ${name} replaces nothing`, () => {
    assert.equal(beliefInRetired(proof, ground), 'distrusted')
  })
}
