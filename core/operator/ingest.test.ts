import assert from 'node:assert/strict'
import { sign, verify } from 'node:crypto'
import { test } from 'node:test'
import { parseJson } from '#core/api/json.ts'
import { fiscalDocument } from '#core/api/wire.ts'
import { GENESIS } from '#core/document/document.ts'
import { uidOf } from '#core/document/uid.ts'
import { kopecks } from '#core/money.ts'
import { DAY } from '#core/time.ts'
import { aChain, aDocument, aKey, anIssuer, hashOf, NOW, sealWith } from '#test/fixtures.ts'
import { type Ingested, ingest, type Known, type ReadBody, type Submitted } from './ingest.ts'

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
  unp: anIssuer().unp,
  now: NOW,
  read: (body) => {
    const json = parseJson(body)
    const document = fiscalDocument.safeParse(json).data ?? null
    const isLink = typeof json === 'object' && json !== null && 'previous' in json
    return { link: document ?? (isLink ? (json as ReadBody['link']) : null), document }
  },
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

/** A body of any shape with the device's true seal. */
function sealBody(body: string, number: number): Submitted {
  const hash = hashOf(body)
  const signature = sign(null, Buffer.from(body), key.privateKey).toString('base64')
  return { body, hash, uid: uidOf(hash, 100_000_001), signature: `ed25519:${signature}`, number }
}

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
  ['a body that is no JSON', sealBody('нет', 4), 'document.chain'],
  ['a number that is not the body’s', { ...at(5), number: 4 }, 'seal.broken'],
  ['a hash that is not the body’s', { ...at(4), hash: at(5).hash }, 'seal.broken'],
  ['a stored hash over other bytes', { ...other, hash: at(2).hash }, 'seal.broken'],
  ['a УИ that is not the hash’s', { ...at(4), uid: at(5).uid }, 'seal.broken'],
  ['a УИ of another register', { ...at(4), uid: uidOf(at(4).hash, 100_000_002) }, 'seal.broken'],
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

const previous = at(3).hash
const odd: [string, Submitted, string[]][] = [
  ['another device', strange({ device: 'SKO0000002' }), ['other-device']],
  ['another register', strange({ registerNumber: 100_000_002 }), ['other-register']],
  ['another client', strange({ unp: '191000002' }), ['other-client']],
  ['the year 1970', sealWith(aDocument({ number: 4, at: 0, previous }), key), ['wrong-time']],
  [
    'the day after tomorrow',
    sealWith(aDocument({ number: 4, at: NOW + 2 * DAY, previous }), key),
    ['wrong-time'],
  ],
  ['a newer version', sealBody(JSON.stringify({ v: 2, number: 4, previous }), 4), ['unreadable']],
]

for (const [what, sealed, marks] of odd) {
  test(`a document of ${what} in a true chain is stored and marked, and the chain goes on`, () => {
    const next = sealWith(aDocument({ number: 5, previous: sealed.hash }), key)
    const result = ingest([sealed, next], after(3))
    assert.equal(result.refused, null)
    assert.deepEqual(numbers(result), [4, 5])
    assert.deepEqual(
      result.accepted.map((each) => each.marks),
      [marks, []],
    )
    assert.equal(result.accepted[0]?.document === null, marks.includes('unreadable'))
  })
}

test('all of a fork that carries the seal is kept as evidence, and nothing else', () => {
  const two = other
  const three = sealWith(aDocument({ number: 3, previous: two.hash }), key)
  const foreign = sealWith(aDocument({ number: 4, previous: three.hash }), aKey())
  const result = ingest([at(1), two, three, foreign], after(3))
  assert.equal(result.refused?.code, 'document.diverges')
  assert.deepEqual(result.fork, [two, three])
  assert.deepEqual(ingest([at(5)], after(3)).fork, [], 'a gap is no fork')
})
