import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { holds } from './verdict.ts'

const seeds = readFileSync(join(import.meta.dirname, 'seeds.txt'), 'utf8')
  .split('\n')
  .filter((line) => /^\d/.test(line))
  .map((line) => line.split(' ').map(Number))

test('every seed that ever found something finds nothing', async () => {
  for (const [seed = 0, operations = 0] of seeds) await holds(seed, operations)
})
