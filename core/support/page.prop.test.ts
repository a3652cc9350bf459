import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { languages } from '../words/language.ts'
import type { HealthName, Plain, SupportFile, SupportSetting } from './file.ts'
import { healthNames, supportSettings } from './file.ts'
import { supportPage } from './page.ts'

const all = <Name extends string>(names: readonly Name[], value: Plain) =>
  Object.fromEntries(names.map((name) => [name, value])) as Record<Name, Plain>

const id = '01938a70-0000-7000-8000-000000000001'

/** A file in which `text` stands wherever somebody may have typed. */
const aFile = (text: string, language: SupportFile['language']): SupportFile => ({
  format: 'zpos-support',
  version: 1,
  madeAt: 1_764_268_800_123,
  madeBy: text,
  language,
  asked: { is: 'operation', operation: id },
  till: {
    company: text,
    unp: text,
    registerNumber: 199_999_999,
    device: 'AVQ1',
    equipment: text,
    version: text,
    node: text,
    platform: text,
  },
  heard: [{ who: 'operator', verdict: 'silent', ms: 3000, facts: { said: text } }],
  health: all<HealthName>(healthNames, text),
  settings: all<SupportSetting>(supportSettings, text),
  operations: [
    {
      id,
      kind: 'sale',
      of: null,
      cashier: text,
      begunAt: 1_764_268_800_000,
      sum: 150,
      payments: [{ means: 'card', sum: 150 }],
      lines: 1,
      state: 'failed',
      proof: text,
      code: text,
      document: null,
      stored: null,
      printedAt: null,
      heard: [{ who: 'bank', verdict: 'not-asked', ms: null, facts: { code: text } }],
      steps: [
        {
          seq: 1,
          at: 1_764_268_800_000,
          by: 'sko',
          what: 'device',
          verdict: text,
          state: 'failed',
          facts: { said: text, person: text },
          hash: 'abc',
        },
      ],
      left: 3,
    },
  ],
  isCut: true,
  acts: [
    {
      seq: 1,
      at: 1_764_268_800_000,
      person: text,
      what: 'begun',
      operation: text,
      kind: 'sale',
      sum: 150,
      code: text,
      changed: ['price'],
      isWhole: false,
    },
  ],
})

/** The tags and attributes of a page, what people typed left out. */
const markupOf = (page: string): string[] => page.match(/<[^>]*>/g) ?? []

test('whatever was typed is text on the page, and nothing else', () => {
  const nasty = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '</script><script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "' onload='x",
      '<!--',
      ']]>',
      '&lt;',
      '\u2028',
      '__proto__',
      'constructor',
    ),
  )
  fc.assert(
    fc.property(nasty, fc.constantFrom(...languages), (text, language) => {
      const file = aFile(text, language)
      const page = supportPage(file)
      assert.deepEqual(markupOf(page), markupOf(supportPage(aFile('x', language))))
      const [, data = ''] = /id="data">\n([^<]*)\n<\/script>/.exec(page) ?? []
      assert.deepEqual(JSON.parse(data), JSON.parse(JSON.stringify(file)))
    }),
  )
})

test('it runs nothing, fetches nothing and says so itself', () => {
  const page = supportPage(aFile('x', 'ru'))
  assert.match(page, /default-src 'none'; style-src 'unsafe-inline'/)
  assert.equal(page.match(/<script/g)?.length, 1)
  assert.doesNotMatch(page, /(?:src|href)=/)
})

test('silence is «не ответил», what was not asked is «не спрошен», neither is a «нет»', () => {
  const page = supportPage(aFile('x', 'ru'))
  assert.match(page, /Оператор<\/th>\s*<td>не ответил</)
  assert.match(page, /Банк<\/th>\s*<td>не спрошен</)
})
