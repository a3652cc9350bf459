import assert from 'node:assert/strict'
import { verify } from 'node:crypto'
import { test } from 'node:test'
import { parseJson } from '#core/api/json.ts'
import { fiscalDocument } from '#core/api/wire.ts'
import { GENESIS } from '#core/document/document.ts'
import { uidOf } from '#core/document/uid.ts'
import { kopecks } from '#core/money.ts'
import { aChain, aDocument, aKey, anIssuer, hashOf, sealWith } from '#test/fixtures.ts'
import { type Ingested, ingest, type Known, type Submitted } from './ingest.ts'

const key = aKey()
const chain = aChain(key, { count: 5 })
const at = (number: number): Submitted => {
  const found = chain[number - 1]
  assert.ok(found)
  return found
}

const known = (change: Partial<Known> = {}): Known => ({
  device: 'SKO0000001',
  registerNumber: 100_000_001,
  head: { number: 0, hash: GENESIS },
  stored: new Map(),
  parse: (body) => fiscalDocument.safeParse(parseJson(body)).data ?? null,
  hash: hashOf,
  verify: (text, signature) =>
    verify(null, Buffer.from(text), key.publicKeyPem, Buffer.from(signature, 'base64')),
  ...change,
})

/** What is known once the chain's first `count` documents are stored. */
const after = (count: number, change: Partial<Known> = {}): Known =>
  known({
    head: { number: count, hash: at(count).hash },
    stored: new Map(chain.slice(0, count).map(({ number, hash }) => [number, hash])),
    ...change,
  })

const numbers = (result: Ingested) => result.accepted.map(({ sealed }) => sealed.number)

test('a chain from its first document is accepted whole', () => {
  const result = ingest(chain, known())
  assert.deepEqual(numbers(result), [1, 2, 3, 4, 5])
  assert.deepEqual(result.head, { number: 5, hash: at(5).hash })
  assert.equal(result.refused, null)
})

test('a repeat is recognised by its bytes and stored once, across batches and within one', () => {
  const result = ingest([at(2), at(3), at(4), at(4)], after(3))
  assert.deepEqual(numbers(result), [4])
  assert.equal(result.repeated, 3)
  assert.equal(result.refused, null)
})

test('what stands before a refused document is kept', () => {
  const broken = { ...at(3), signature: at(2).signature }
  const result = ingest([at(1), at(2), broken, at(4)], known())
  assert.deepEqual(numbers(result), [1, 2])
  assert.equal(result.refused?.code, 'seal.broken')
  assert.deepEqual(result.head, { number: 2, hash: at(2).hash })
})

const other = sealWith(aDocument({ number: 2, sum: kopecks(1), previous: at(1).hash }), key)
const fork = sealWith(aDocument({ number: 4, previous: at(2).hash }), key)
const strange = (issuer: Parameters<typeof anIssuer>[0]) =>
  sealWith(aDocument({ number: 4, issuer: anIssuer(issuer), previous: at(3).hash }), key)

const refusals: [string, Submitted, string][] = [
  ['a number beyond the next', at(5), 'document.gap'],
  ['other bytes under a stored number', other, 'document.diverges'],
  [
    'other bytes under a stored number with a foreign seal',
    sealWith(aDocument({ number: 2, previous: at(1).hash }), aKey()),
    'seal.broken',
  ],
  ['a document that does not follow the head', fork, 'document.chain'],
  [
    'a foreign key',
    sealWith(aDocument({ number: 4, previous: at(3).hash }), aKey()),
    'seal.broken',
  ],
  [
    'an unknown suite',
    { ...at(4), signature: at(4).signature.replace('ed25519', 'belt') },
    'seal.broken',
  ],
  ['a signature that is no base64', { ...at(4), signature: 'ed25519:%%%' }, 'seal.broken'],
  ['a body that is no JSON', { ...at(4), body: 'нет', hash: hashOf('нет') }, 'document.malformed'],
  ['a number that is not the body’s', { ...at(5), number: 4 }, 'document.malformed'],
  ['a hash that is not the body’s', { ...at(4), hash: at(5).hash }, 'document.malformed'],
  ['a stored hash over other bytes', { ...other, hash: at(2).hash }, 'document.malformed'],
  ['a УИ that is not the hash’s', { ...at(4), uid: at(5).uid }, 'document.malformed'],
  [
    'a УИ of another register',
    { ...at(4), uid: uidOf(at(4).hash, 100_000_002) },
    'document.malformed',
  ],
  ['a document of another device', strange({ device: 'SKO0000002' }), 'document.malformed'],
  [
    'a document of another register',
    strange({ registerNumber: 100_000_002 }),
    'document.malformed',
  ],
]

for (const [what, sealed, code] of refusals) {
  test(`${what} is refused as ${code}`, () => {
    const result = ingest([sealed], after(3))
    assert.equal(result.refused?.code, code)
    assert.equal(result.refused?.sealed, sealed)
    assert.deepEqual(numbers(result), [])
    assert.deepEqual(result.head, { number: 3, hash: at(3).hash })
  })
}
