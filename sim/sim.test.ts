import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { runTrial } from './trial.ts'

const seeds = readFileSync(join(import.meta.dirname, 'seeds.txt'), 'utf8')
  .split('\n')
  .filter((line) => /^\d/.test(line))
  .map((line) => line.split(' ').map(Number))

test('every seed that ever found something finds nothing', async () => {
  for (const [seed = 0, operations = 0] of seeds) await holds(seed, operations)
})

const FRESH_SEEDS = 40
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

async function holds(seed: number, operations: number) {
  const verdict = await runTrial(seed, { operations })
  const { violation } = verdict
  const command = `npm run sim -- ${seed} --operations ${operations}`
  assert.equal(violation, null, `${command}: ${violation?.invariant}, step ${violation?.step}`)
  return verdict
}
