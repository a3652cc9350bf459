import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const rulings = read('docs/rulings.md')
const manual = read('docs/manual.md')
const elsewhere = ['node_modules', 'dist', 'data']
const code = globSync('**/*.{ts,tsx,mjs,sql,css}', {
  cwd: root,
  exclude: (path) => elsewhere.includes(path),
}).filter((path) => path !== 'test/rulings.test.ts')
const pages = globSync('{*.md,docs/**/*.md}', { cwd: root })

/** Comments alone cite; in code «R2» may be anything. */
const comments = (text: string): string =>
  [...text.matchAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|--[^\n]*/g)].map(([comment]) => comment).join('\n')

const cited = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, name]) => name ?? '')

/** What stands in the sources, by kind of citation, and where it must be found. */
const kinds = [
  {
    what: 'a ruling',
    pattern: /\b(R\d+)\b/g,
    known: new Set(cited(rulings, /^- \*\*(R\d+)\*\*/gm)),
  },
  {
    what: 'a scenario',
    pattern: /\b((?:S[1-5]\.\d+|[NHKUVCT]\d+[ab]?))\b/g,
    known: new Set(cited(manual, /^\| ([A-Z]\d[\d.]*[ab]?) \|/gm)),
  },
  {
    what: 'a section of the manual',
    pattern: /§(\d+(?:\.\d+)*)/g,
    known: new Set([...cited(manual, /^\| (\d[\d.]*) \|/gm), '4', '4.1']),
  },
  {
    what: 'a fact from outside',
    pattern: /\bfact:([a-z-]+)/g,
    known: new Set(cited(rulings, /^\| `fact:([a-z-]+)` \|/gm)),
  },
]

for (const { what, pattern, known } of kinds) {
  test(`every citation of ${what} resolves`, () => {
    const lost = [
      ...code.map((path) => ({ path, text: comments(read(path)) })),
      ...pages.map((path) => ({ path, text: read(path) })),
    ].flatMap(({ path, text }) =>
      cited(text, pattern)
        .filter((name) => !known.has(name))
        .map((name) => `${path}: ${name}`),
    )
    assert.deepEqual([...new Set(lost)], [])
    assert.ok(known.size > 0)
  })
}

test('no source cites a page that is not in the repository', () => {
  const lost = code.flatMap((path) =>
    cited(comments(read(path)), /\b([a-z-]+\.md)\b/g)
      .filter((page) => !pages.some((own) => own.endsWith(page)))
      .map((page) => `${path}: ${page}`),
  )
  assert.deepEqual(lost, [])
})
