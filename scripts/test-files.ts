import { globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { root } from './part.ts'

// The longest first, so that no long one is left to the end alone.
const rooms = [
  'sim',
  'powercut',
  'test',
  'shop',
  'stand',
  'services',
  'ha',
  'scripts',
  'web',
  'core',
]

/** Test files, as paths from the root, and what is needed to run them. */
export type TestFiles = {
  units: string[]
  browser: string[]
  /** A PostgreSQL server. */
  postgres: boolean
  /** The pages, built. */
  pages: boolean
  /** A shop that was opened once. */
  opened: boolean
  /** What was asked for and has no tests. */
  empty: string[]
}

/** Files, folders or globs of the repository; without any all that there is. */
export function testFiles(paths: readonly string[]): TestFiles {
  const asked = paths.length > 0 ? paths : rooms
  const found = asked.map((path) => ({ path, files: filesAt(path) }))
  const all = [...new Set(found.flatMap(({ files }) => files))]
  // Those who have a shop together stand in one file of test/e2e/together: one alone is asked for.
  const together = new Set(all.flatMap(importedBy))
  const browser = all
    .filter((file) => file.endsWith('.e2e.ts') && !together.has(file))
    .map((file) => ({ file, length: lengthOf(file) }))
    .sort((a, b) => b.length - a.length)
    .map(({ file }) => file)
  const units = all.filter((file) => file.endsWith('.test.ts'))
  return {
    units,
    browser,
    postgres: units.some((file) => speaksOf(file, 'ZPOS_TEST_POSTGRES')),
    pages: browser.length > 0 || units.some((file) => speaksOf(file, 'startStand')),
    opened: browser.length > 0 || units.some((file) => speaksOf(file, 'layShop')),
    empty: found.filter(({ files }) => files.length === 0).map(({ path }) => path),
  }
}

function filesAt(path: string): string[] {
  const from = relative(root, resolve(root, path))
  const isFolder = statSync(join(root, from), { throwIfNoEntry: false })?.isDirectory()
  return globSync(isFolder ? join(from, '**', '*.{test,e2e}.ts') : from, { cwd: root })
    .filter((file) => /\.(test|e2e)\.ts$/.test(file) && !/(^|\/)node_modules\//.test(file))
    .sort()
}

const importedBy = (file: string): string[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/\(\) => import\('(.*?\.e2e\.ts)'\)/g)].map(
    ([, to = '']) => join(dirname(file), to),
  )

/** Of the text of those it tells together: about as their time. */
const lengthOf = (file: string): number =>
  [file, ...importedBy(file)].reduce((sum, each) => sum + statSync(join(root, each)).size, 0)

/**
 * Two rows in one, both to their end at the same pace: browsers wait more than they work, the
 * others work all the time.
 */
export function mixed(some: readonly string[], others: readonly string[]): string[] {
  const placed = [some, others].flatMap((row) =>
    row.map((file, i) => ({ file, at: (i + 0.5) / row.length })),
  )
  return placed.sort((a, b) => a.at - b.at).map(({ file }) => file)
}

const speaksOf = (file: string, word: string): boolean =>
  readFileSync(join(root, file), 'utf8').includes(word)
