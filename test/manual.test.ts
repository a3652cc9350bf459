import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '..')
const page = readFileSync(join(root, 'docs', 'manual.md'), 'utf8')
const rows = [...page.matchAll(/^\| ([A-Z]?\d[\d.]*[ab]?) \|/gm)].map(([, row]) => row)

const sections = '1.1 1.2 1.3 2 3 3.1 3.1.1 3.1.2 3.2 3.2.1 3.2.2 4.1.1 4.1.2 5'.split(' ')
/** How many numbered rows a scenario has; S2 is one row. */
const scenarios = {
  N: 14,
  H: 8,
  K: 7,
  U: 3,
  V: 7,
  'S1.': 6,
  'S3.': 10,
  'S4.': 4,
  'S5.': 4,
  C: 6,
  T: 2,
  F: 5,
}

test('docs/manual.md speaks of every section of the manual', () => {
  assert.deepEqual(
    rows.filter((row) => /^\d/.test(row ?? '')),
    sections,
  )
})

test('docs/manual.md speaks of every scenario', () => {
  const numbered = Object.entries(scenarios).flatMap(([name, count]) =>
    Array.from({ length: count }, (_, i) => `${name}${i + 1}`),
  )
  const wanted = [...numbered, 'S2', 'C2a', 'C2b'].toSorted()
  assert.deepEqual(rows.filter((row) => /^[A-Z]/.test(row ?? '')).toSorted(), wanted)
})

test('every path that docs/manual.md names exists', () => {
  const paths = [...page.matchAll(/`([a-z]+\/[^`]+)`/g)].map(([, path]) => path ?? '')
  assert.ok(paths.length > 100)
  const missing = paths.filter((path) => !existsSync(join(root, path)))
  assert.deepEqual(missing, [])
})
