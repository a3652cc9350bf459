import assert from 'node:assert/strict'
import { test } from 'node:test'
import { holds, usual } from './verdict.ts'

// The same seeds for everybody: what a fresh one finds is for `npm run sim`, not for a merge.
const { first, last, operations } = usual

test('shops in trouble keep every promise, and reach a closed shift', async (t) => {
  const fingerprints: string[] = []
  let begun = 0
  for (let seed = first; seed <= last; seed += 1) {
    const held = await holds(seed, operations)
    fingerprints.push(held.fingerprint)
    begun += held.operations
  }
  t.diagnostic(`${begun} operations from seed ${first}`)
  await t.test('a seed replays to the byte', async () => {
    const { fingerprint } = await holds(last, operations)
    assert.equal(fingerprint, fingerprints.at(-1))
    assert.equal(new Set(fingerprints).size, fingerprints.length)
  })
})
