import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decode, type Message } from '#core/iso8583/codec.ts'
import {
  newNonce,
  newTerminalKey,
  readTerminalKey,
  type Seal,
  sealMessage,
  unsealMessage,
  writeTerminalKey,
} from './line-seal.ts'

const PAN = '9999990000000014'
const EXPIRY = '4912'
const purchase: Message = {
  type: '1200',
  fields: { 2: PAN, 4: '000000001250', 11: '000042', 14: EXPIRY, 41: 'TERM0001', 49: '933' },
}
const reconciliation: Message = {
  type: '1520',
  fields: { 11: '000043', 41: 'TERM0001', 97: 'D0000000000000000' },
}
const aSeal = (): Seal => ({ key: newTerminalKey(), nonce: newNonce() })

function sealed(message: Message, by: Seal, way: 'asks' | 'answers' = 'asks'): Uint8Array {
  const encoded = sealMessage(message, by, way)
  assert.ok(encoded.kind === 'bytes', JSON.stringify(encoded))
  return encoded.bytes
}
const fieldsOf = (bytes: Uint8Array) => {
  const decoded = decode(bytes)
  assert.ok(decoded.kind === 'message')
  return decoded.message.fields
}

test('what was sealed is opened as it was, with the MAC where the standard has it', () => {
  for (const [message, place, other] of [
    [purchase, 64, 128],
    [reconciliation, 128, 64],
  ] as const) {
    const by = aSeal()
    const bytes = sealed(message, by)
    assert.equal(fieldsOf(bytes)[place]?.length, 16)
    assert.equal(fieldsOf(bytes)[other], undefined)
    assert.deepEqual(unsealMessage(bytes, by, 'asks'), { kind: 'message', message })
  }
})

test('neither the number of a card nor its expiry is on the line, nor twice the same', () => {
  const by = aSeal()
  const bytes = sealed(purchase, by)
  const line = Buffer.from(bytes)
  for (const secret of [PAN, `${PAN}=${EXPIRY}`, Buffer.from(PAN, 'hex')]) {
    assert.ok(!line.includes(secret))
  }
  const { 2: number, 14: expiry, 63: hidden } = fieldsOf(bytes)
  assert.deepEqual([number, expiry], [undefined, undefined])
  const again = fieldsOf(sealed(purchase, { key: by.key, nonce: newNonce() }))[63]
  assert.notEqual(hidden, again)
  const short = { ...purchase, fields: { ...purchase.fields, 2: '9999990000002' } }
  assert.equal(fieldsOf(sealed(short, by))[63]?.length, hidden?.length, 'its length tells nothing')
})

test('one bent bit anywhere, another key, another question and the other way are untrue', () => {
  const by = aSeal()
  for (const message of [purchase, reconciliation]) {
    const bytes = sealed(message, by)
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
        const bent = Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ (1 << bit) : byte))
        assert.equal(unsealMessage(bent, by, 'asks').kind, 'untrue')
      }),
    )
    for (const other of [
      { key: newTerminalKey(), nonce: by.nonce },
      { key: { id: by.key.id, secret: newTerminalKey().secret }, nonce: by.nonce },
      { key: by.key, nonce: newNonce() },
    ]) {
      assert.equal(unsealMessage(bytes, other, 'asks').kind, 'untrue')
    }
    assert.equal(
      unsealMessage(bytes, by, 'answers').kind,
      'untrue',
      'a question is no answer to itself',
    )
  }
})

test('a card of one message does not open in another', () => {
  const by = aSeal()
  const hidden = fieldsOf(sealed(purchase, by))[63] ?? ''
  const later = { key: by.key, nonce: newNonce() }
  const { 2: _, 14: __, ...rest } = purchase.fields
  const moved = sealed({ type: '1200', fields: { ...rest, 63: hidden } }, later)
  assert.equal(unsealMessage(moved, later, 'asks').kind, 'untrue')
})

test('a key is read from its file as it was written, and nothing else is one', () => {
  const key = newTerminalKey()
  assert.deepEqual(readTerminalKey(writeTerminalKey(key)), key)
  for (const bad of ['', key.secret, `${key.id} short`, `XX ${key.secret}`]) {
    assert.equal(readTerminalKey(bad), null)
  }
})
