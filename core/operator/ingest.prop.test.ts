import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseJson } from '#core/api/json.ts'
import { fiscalDocument } from '#core/api/wire.ts'
import { GENESIS } from '#core/document/document.ts'
import { aChain, aKey, anIssuer, hashOf, NOW } from '#test/fixtures.ts'
import { type Head, ingest, type Submitted } from './ingest.ts'

const LENGTH = 8
const chain = aChain(aKey(), { count: LENGTH })
// The seal is the example tests' matter; here only order counts, and speed.
const verify = () => true
const parsed = new Map(
  chain.map(({ body }) => [body, fiscalDocument.parse(parseJson(body))] as const),
)

/** The operator's side: a head and what is stored, and nothing else. */
function openOperator() {
  const stored: Submitted[] = []
  let head: Head = { number: 0, hash: GENESIS }
  return {
    stored,
    submit: (batch: readonly Submitted[]) => {
      const result = ingest(batch, {
        device: 'SKO0000001',
        registerNumber: 100_000_001,
        head,
        stored: new Map(stored.map(({ number, hash }) => [number, hash])),
        unp: anIssuer().unp,
        read: (body) => {
          const document = parsed.get(body) ?? null
          return { link: document, document }
        },
        hash: hashOf,
        verify,
        now: NOW,
      })
      stored.push(...result.accepted.map(({ sealed }) => sealed))
      head = result.head
      return result
    },
    head: () => head.number,
  }
}

const someBatch = fc
  .array(fc.integer({ min: 0, max: LENGTH - 1 }), { minLength: 1, maxLength: 6 })
  .map((places) => places.flatMap((place) => chain[place] ?? []))

test('in whatever order batches come, what is stored is a beginning of the chain', () => {
  fc.assert(
    fc.property(fc.array(someBatch, { maxLength: 12 }), (batches) => {
      const operator = openOperator()
      for (const batch of batches) {
        const before = operator.head()
        const { refused } = operator.submit(batch)
        assert.ok(operator.head() >= before)
        assert.ok(refused === null || refused.code === 'document.gap')
        assert.deepEqual(operator.stored, chain.slice(0, operator.head()))
      }
    }),
  )
})

test('after any past, sending on from the head in any splitting gives the whole chain', () => {
  const splitting = fc.array(fc.integer({ min: 1, max: LENGTH }), { minLength: LENGTH })
  fc.assert(
    fc.property(fc.array(someBatch, { maxLength: 6 }), splitting, (past, sizes) => {
      const operator = openOperator()
      for (const batch of past) operator.submit(batch)
      for (const size of sizes) {
        const batch = chain.slice(operator.head(), operator.head() + size)
        assert.equal(operator.submit(batch).refused, null)
      }
      assert.deepEqual(operator.stored, chain)
    }),
  )
})
