import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  exportedNames,
  findings,
  isMisplacedMarkdown,
  LONGEST_FILE,
  LONGEST_LINE,
  MOST_STATEMENTS,
  parse,
  type Rule,
  rules,
} from './tidy-rules.ts'
import { isTest } from './tidy-walls.ts'

const root = join(import.meta.dirname, '..')
const elsewhere = ['node_modules', 'dist', 'data']
const paths = globSync('**/*.{ts,tsx,mjs,css,md}', {
  cwd: root,
  exclude: (path) => elsewhere.includes(path),
})
const sources = paths
  .filter((path) => !path.endsWith('.md'))
  .map((path) => parse(path, readFileSync(join(root, path), 'utf8')))

/** Known breaches, «rule path», that only ever become fewer. */
const ratchet: string[] = []

const breaches = (rule: Rule): string[] =>
  sources
    .filter(({ path }) => !ratchet.includes(`${rule.number} ${path}`))
    .flatMap((source) =>
      findings(rule, source).map(({ line, instead }) => `${source.path}:${line} ${instead}`),
    )

for (const rule of rules) {
  test(`STYLE ${rule.number}: ${rule.title}`, () => {
    const found = breaches(rule)
    assert.ok(found.length === 0, `\n${found.join('\n')}`)
  })
}

test('STYLE 28: comments of schemas are English', () => {
  const schemas = globSync('{core,services,shop,stand}/**/*.sql', { cwd: root })
  assert.ok(schemas.length > 0)
  const breaking = schemas.filter((path) =>
    /--.*\p{Script=Cyrillic}/u.test(readFileSync(join(root, path), 'utf8')),
  )
  assert.deepEqual(breaking, [])
})

test('STYLE 14: markdown stands at the root or in docs/', () => {
  assert.deepEqual(paths.filter(isMisplacedMarkdown), [])
  assert.ok(isMisplacedMarkdown('core/NOTES.md'))
})

test('no mark of a half-done merge is left in any text', () => {
  const texts = globSync('**/*.{ts,tsx,mjs,css,md,sql,json,html,sh}', {
    cwd: root,
    exclude: (path) => elsewhere.includes(path),
  })
  const halfDone = (text: string) => /^(?:<{7} |={7}$|>{7} )/mu.test(text)
  assert.deepEqual(
    texts.filter((path) => halfDone(readFileSync(join(root, path), 'utf8'))),
    [],
  )
  assert.ok(halfDone(['a', '='.repeat(7), 'b'].join('\n')))
})

test('a page of decisions has a number of its own, which is in its title', () => {
  const pages = paths.filter((path) => path.startsWith('docs/decisions/'))
  const numbers = pages.map((path) => path.replace('docs/decisions/', '').slice(0, 4))
  const twice = numbers.filter((number, place) => numbers.indexOf(number) !== place)
  assert.deepEqual(twice, [])
  const untitled = pages.filter(
    (path, place) => !readFileSync(join(root, path), 'utf8').startsWith(`# ${numbers[place]}.`),
  )
  assert.deepEqual(untitled, [])
  assert.ok(pages.length > 0)
})

test('STYLE 29: an exported name stands in one file of core and services', () => {
  const found = new Map<string, string[]>()
  for (const { path, tree } of sources) {
    if (!/^(core|services)\//.test(path) || isTest(path)) continue
    for (const name of exportedNames(tree)) found.set(name, [...(found.get(name) ?? []), path])
  }
  const twice = [...found].filter(([, files]) => files.length > 1)
  assert.deepEqual(twice, [])
  assert.deepEqual(
    [...exportedNames(parse('core/a.ts', 'export type A = 1\nexport const b = 1').tree)],
    ['A', 'b'],
  )
})

test('every exception of the ratchet is still needed', () => {
  const needless = ratchet.filter((known) => {
    const [number, path] = known.split(' ')
    const rule = rules.find((each) => String(each.number) === number)
    const source = sources.find((each) => each.path === path)
    return !rule || !source || findings(rule, source).length === 0
  })
  assert.deepEqual(needless, [])
})

test('STYLE.md names every rule that is tested', () => {
  const style = readFileSync(join(root, 'STYLE.md'), 'utf8')
  for (const number of [...rules.map((rule) => rule.number), 14]) {
    assert.match(style, new RegExp(`^${number}\\. ⚙`, 'm'))
  }
})

/** Rule number, file, text with a breach of that rule. */
const breaking: [number, string, string][] = [
  [1, 'core/money.ts', "import { z } from 'zod'"],
  [1, 'core/money.ts', "import { wire } from '#core/api/wire.ts'"],
  [1, 'core/api/wire.ts', "import { readFileSync } from 'node:fs'"],
  [1, 'services/runtime/log.ts', "import { store } from '../sko/store.ts'"],
  [1, 'services/register/desk/app.ts', "const { store } = await import('#services/sko/store.ts')"],
  [1, 'web/cashier/main.tsx', "import { app } from '#web/operator/app.tsx'"],
  [1, 'web/cashier/main.tsx', "import { useSignal } from '@preact/signals'"],
  [1, 'stand/main.ts', "import { app } from '#services/register/app.ts'"],
  [1, 'shop/shop.ts', "import { openDice } from '#sim/dice.ts'"],
  [1, 'services/register/main.ts', "import { openShop } from '#shop/shop.ts'"],
  [1, 'bench/main.ts', "import { aDocument } from '#test/fixtures.ts'"],
  [2, 'core/utils.ts', ''],
  [2, 'core/money.helpers/helpers.test.ts', ''],
  [2, 'core/moneyBox.ts', ''],
  [3, 'core/money.ts', 'const Money = class {}'],
  [4, 'services/sko/store.ts', 'enum State { Open }'],
  [5, 'services/sko/store.ts', 'export default function open() {}'],
  [5, 'services/sko/store.ts', 'const a = 1\nexport default a'],
  [5, 'services/sko/store.ts', "export * from './tsrv.ts'"],
  [6, 'core/time.ts', 'const now = Date.now()'],
  [6, 'services/sko/store.ts', 'const now = new Date()'],
  [6, 'services/sko/store.ts', 'const dice = Math.random'],
  [6, 'web/cashier/main.tsx', 'window.setTimeout(() => {}, 5)'],
  [7, 'services/sko/store.ts', 'try { open() } finally { close() }'],
  [8, 'services/sko/store.ts', `const f = () => {${'a()\n'.repeat(MOST_STATEMENTS + 1)}}`],
  [9, 'services/sko/store.ts', 'a()\n'.repeat(LONGEST_FILE + 1)],
  [9, 'web/cashier/app.css', 'p {}\n'.repeat(LONGEST_FILE + 1)],
  [10, 'services/sko/store.ts', `// ${'ы'.repeat(LONGEST_LINE)}`],
  [11, 'services/sko/store.ts', 'type F = (a: 1, b: 2, c: 3, d: 4) => void'],
  [12, 'services/sko/store.ts', `// FIX${'ME'} later`],
  [12, 'services/sko/store.ts', 'console.log(1)'],
  [13, 'web/cashier/main.tsx', 'useEffect(() => {}, [])'],
  [13, 'web/cashier/main.tsx', "fetch('/api')"],
  [27, 'services/sko/store.ts', 'const a = { ...{ b, c }, d }'],
  [27, 'web/cashier/main.tsx', 'const a = <p {...{ b, c }} />'],
  [28, 'services/sko/store.ts', "const said = 'Смена не открыта'"],
  [28, 'core/money.ts', 'const said = `в руб.`'],
  [28, 'web/cashier/main.tsx', 'const a = <p>Смена</p>'],
  [28, 'core/register/plan.ts', 'const isSum = /^СУММА/'],
  [28, 'core/api/register.ts', 'const units = { шт: 1 }'],
  [28, 'core/money.ts', '/** Cash in БД. */'],
  [28, 'web/cashier/app.css', '/* «Наличные» */'],
]

/** Rule number, file, text that only looks like a breach. */
const lawful: [number, string, string][] = [
  [1, 'core/api/wire.ts', "import { z } from 'zod'"],
  [1, 'core/register/plan.ts', "import type { Goods } from '../api/register.ts'"],
  [1, 'services/sko/tsrv.ts', "import { store } from './store.ts'"],
  [1, 'web/cashier/main.tsx', "import { useState } from 'preact/hooks'"],
  [1, 'web/cashier/main.tsx', "import './cashier.css'"],
  [1, 'core/money.test.ts', "import { aDocument } from '#test/fixtures.ts'"],
  [1, 'shop/shop.ts', "import { openSko } from '#services/sko/main.ts'"],
  [1, 'sim/world.ts', "import { openShop } from '#shop/shop.ts'"],
  [2, 'web/ui/Button.tsx', ''],
  [3, 'services/sko/store.ts', 'class Pool {}'],
  [5, 'services/sko/store.ts', 'switch (a) { default: b() }'],
  [6, 'core/time.ts', 'const date = new Date(0)'],
  [6, 'services/runtime/clock.ts', 'const now = Date.now()'],
  [7, 'services/register/links/sko.ts', 'try { open() } finally { close() }'],
  [8, 'services/sko/store.ts', `const f = () => {${'a()\n'.repeat(MOST_STATEMENTS)}}`],
  [9, 'services/sko/store.ts', 'a()\n'.repeat(LONGEST_FILE)],
  [9, 'web/cashier/app.css', 'p {}\n'.repeat(LONGEST_FILE)],
  [9, 'stand/demo/goods.ts', 'a()\n'.repeat(LONGEST_FILE + 1)],
  [11, 'services/sko/store.ts', 'const f = (a: 1, b: 2, rest: { c: 3; d: 4 }) => a'],
  [13, 'web/ui/hooks.ts', 'useEffect(() => {}, [])'],
  [27, 'services/sko/store.ts', 'const a = { ...b, ...(c && { c }) }'],
  [28, 'core/words/operations/ru.ts', "const said = 'Смена не открыта'"],
  [28, 'stand/demo/goods.ts', "const goods = ['Хлеб']"],
  [28, 'core/money.test.ts', "const said = 'Хлеб'"],
  [28, 'core/demo/shop.ts', "const people = ['Анна']"],
  [28, 'core/money.ts', "/** “Cash” */ const number = '№ 5' + '\\u0410'"],
]

const found = (number: number, path: string, text: string) => {
  const rule = rules.find((each) => each.number === number)
  assert.ok(rule)
  return findings(rule, parse(path, text))
}

test('every rule notices a breach and names the line', () => {
  for (const [number, path, text] of breaking) {
    const [first] = found(number, path, text)
    assert.ok(first && first.line >= 1 && first.instead !== '', `${number} ${path} ${text}`)
  }
  assert.deepEqual(new Set(breaking.map(([number]) => number)).size, rules.length)
})

test('no rule minds what is lawful', () => {
  for (const [number, path, text] of lawful) {
    assert.deepEqual(found(number, path, text), [], `${number} ${path} ${text}`)
  }
})
