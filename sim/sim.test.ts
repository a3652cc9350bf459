import assert from 'node:assert/strict'
import { test } from 'node:test'
import { holds } from './verdict.ts'

const FRESH_SEEDS = 15
const OPERATIONS = 60

test('shops in trouble keep every promise, and reach a closed shift', async (t) => {
  // The same seeds for everybody: what a fresh one finds is for `npm run sim`, not for a merge.
  const first = 1
  let operations = 0
  for (let seed = first; seed < first + FRESH_SEEDS; seed += 1) {
    const { tally } = await holds(seed, OPERATIONS)
    operations += tally.counts.operations
  }
  t.diagnostic(`${operations} operations from seed ${first}`)
})

test('a seed replays to the byte', async () => {
  const [once, again] = [await holds(7, 40), await holds(7, 40)]
  assert.equal(once.fingerprint, again.fingerprint)
  assert.notEqual(once.fingerprint, (await holds(8, 40)).fingerprint)
})
