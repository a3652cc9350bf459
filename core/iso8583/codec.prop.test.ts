import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decode, encode, type Message } from './codec.ts'
import { describe } from './describe.ts'
import { type Content, type Format, fields as formats, messageTypes } from './fields.ts'

const alphabets: Record<Exclude<Content, 'b' | 'x+n'>, string> = {
  n: '0123456789',
  an: 'ABCXYZabcxyz0189 ',
  ans: ' !"#$%&\'()*+,-./0123456789:;<=>?@AZ[\\]^_`az{|}~',
  z: '0123456789=D',
}

function valueFor({ content, length, digits }: Format): fc.Arbitrary<string> {
  const minLength = digits === 0 ? length : 1
  if (content === 'b') {
    return fc
      .uint8Array({ minLength, maxLength: length })
      .map((bytes) => Buffer.from(bytes).toString('hex'))
  }
  const within = (alphabet: string, size: { minLength: number; maxLength: number }) =>
    fc.string({ unit: fc.constantFrom(...alphabet), ...size })
  if (content === 'x+n') {
    const size = { minLength: length - 1, maxLength: length - 1 }
    return fc
      .tuple(fc.constantFrom('C', 'D'), within(alphabets.n, size))
      .map(([sign, number]) => sign + number)
  }
  return within(alphabets[content], { minLength, maxLength: length })
}

// A few fields of the widest may outgrow a message: what is too long is tested apart.
const anyMessage: fc.Arbitrary<Message> = fc
  .record({
    type: fc.constantFrom(...(Object.keys(messageTypes) as Message['type'][])),
    fields: fc.record(
      Object.fromEntries(
        Object.entries(formats).map(([number, format]) => [number, valueFor(format)]),
      ),
      { requiredKeys: [] },
    ) as fc.Arbitrary<Record<number, string>>,
  })
  .map(({ type, fields }) => ({ type, fields: { ...fields } }))

const bytesOf = (message: Message): Uint8Array | null => {
  const encoded = encode(message)
  if (encoded.kind === 'malformed') assert.match(encoded.why, /message is too long/)
  return encoded.kind === 'bytes' ? encoded.bytes : null
}

test('what is written is read back, and read bytes are written the same', () => {
  fc.assert(
    fc.property(anyMessage, (message) => {
      const bytes = bytesOf(message)
      if (!bytes) return
      assert.deepEqual(decode(bytes), { kind: 'message', message })
    }),
    { numRuns: 2000 },
  )
})

/** A message or an error that names a field; a message has these bytes and no others. */
function isDecided(bytes: Uint8Array): void {
  const decoded = decode(bytes)
  if (decoded.kind === 'malformed') {
    assert.ok(decoded.field >= 0 && decoded.field <= 128 && decoded.why !== '')
    return
  }
  const encoded = encode(decoded.message)
  assert.ok(encoded.kind === 'bytes')
  assert.deepEqual(Buffer.from(encoded.bytes), Buffer.from(bytes))
  describe(decoded.message)
}

test('any bytes at all are a message or an error, never a throw', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 5000 }), isDecided), { numRuns: 5000 })
})

test('bytes after a lawful type and bitmap are a message or an error', () => {
  const head = fc.constantFrom(...Object.keys(messageTypes)).map((type) => Buffer.from(type))
  fc.assert(
    fc.property(head, fc.uint8Array({ maxLength: 300 }), (type, rest) =>
      isDecided(Buffer.concat([type, rest])),
    ),
    { numRuns: 5000 },
  )
})

const mutation = fc.oneof(
  fc.record({ how: fc.constant('flip' as const), at: fc.nat(), bit: fc.nat(7) }),
  fc.record({ how: fc.constant('cut' as const), at: fc.nat(), bit: fc.nat(7) }),
  fc.record({ how: fc.constant('double' as const), at: fc.nat(), bit: fc.nat(7) }),
)

test('a good message with some bytes bent is a message or an error', () => {
  fc.assert(
    fc.property(anyMessage, fc.array(mutation, { minLength: 1, maxLength: 4 }), (message, how) => {
      let bytes: Uint8Array = bytesOf(message) ?? new Uint8Array()
      for (const { how: way, at, bit } of how) {
        const place = bytes.length === 0 ? 0 : at % bytes.length
        if (way === 'cut') bytes = bytes.subarray(0, place)
        else if (way === 'double') {
          bytes = Buffer.concat([bytes.subarray(0, place), bytes.subarray(place - 1)])
        } else {
          bytes = Uint8Array.from(bytes, (byte, i) => (i === place ? byte ^ (1 << bit) : byte))
        }
      }
      isDecided(bytes)
    }),
    { numRuns: 5000 },
  )
})

test('every beginning of a message is refused', () => {
  fc.assert(
    fc.property(anyMessage, fc.nat(), (message, at) => {
      const bytes = bytesOf(message)
      if (!bytes || Object.keys(message.fields).length === 0) return
      assert.equal(decode(bytes.subarray(0, at % bytes.length)).kind, 'malformed')
    }),
    { numRuns: 1000 },
  )
})
