import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Facts, reasons, steps } from '../api/facts.ts'
import { fieldFaults } from '../api/field-fault.ts'
import { kindNames, listedKinds } from '../document/kinds.ts'
import { actionCodes } from '../iso8583/action-codes.ts'
import { kopecks } from '../money.ts'
import { measureKinds } from '../operator/measure.ts'
import { noticeCodes } from '../register/message.ts'
import { deviceFaults } from '../sko/faults.ts'
import { apiWords } from './api.ts'
import { answerOfBank, bankWords } from './bank.ts'
import { faultIn } from './device.ts'
import { invalidIn } from './fields.ts'
import { type Language, languages } from './language.ts'
import { measureIn, measuresWords } from './measures.ts'
import { messageIn, noticeIn, operationsWords, uploadIn } from './operations.ts'
import { paperWords } from './paper.ts'
import { type RefusalName, refusalIn, refusalsWords } from './refusals.ts'

const facts: Facts = {
  kind: 'refund',
  sum: kopecks(1234),
  number: 15,
  expected: 12,
  at: Date.UTC(2026, 10, 26, 9),
  waitMs: 5000,
  unsent: 3,
  line: 1,
  by: 'operator',
  means: ['card', 'cash'],
  register: 100_000_001,
  device: 'D100000001',
  name: 'int',
  code: '116',
  field: 'uid',
  fault: 'TIN_ZERO_SUM',
  limit: 5,
  options: ['a', 'b'],
}
const causes = ['no-internet', 'operator-silent', 'operator-rejects', 'unclear', 'waiting'] as const
const movement = { kind: 'purchase', sum: 500 } as const

/** What of a refusal depends on its facts, each way; a server of before tells none. */
function ways(language: Language, code: RefusalName): string[] {
  const changes = [{}, { by: 'sko' as const }, ...reasons.map((reason) => ({ reason }))]
  const told: Facts[] = [{}, ...changes.map((change) => Object.assign({}, facts, change))]
  return told.flatMap((each) => Object.values(refusalIn(language, { code, facts: each })))
}

/** All that can be said in a language, without somebody else's words. */
function said(language: Language): string[] {
  const words = operationsWords[language]
  const told = [
    ...Object.keys(words.messages),
    ...Object.keys(words.failures),
    'bank.116',
    'bank.000',
  ]
  const codes = [...told, ...deviceFaults]
  const kinds = ['sale', 'refund'] as const
  const reasoned = [undefined, 'discrepancy', 'bank-unknown', 'unproved'] as const
  return [
    ...Object.keys(refusalsWords[language].refusals).flatMap((code) =>
      ways(language, code as RefusalName),
    ),
    ...Object.values(refusalsWords[language].unanswered).flatMap((each) => Object.values(each)),
    ...fieldFaults.map((fault) => invalidIn(language, { fault, facts })),
    ...deviceFaults.flatMap((fault) => [
      faultIn(language, fault, {}),
      faultIn(language, fault, facts),
    ]),
    ...codes.flatMap((code) =>
      kinds.flatMap((kind) =>
        reasoned.flatMap((reason) =>
          Object.values(
            messageIn(language, { code, facts: { kind, reason, by: 'sko', step: 'again' } }),
          ),
        ),
      ),
    ),
    ...steps.map((step) => words.steps[step]),
    ...noticeCodes.flatMap((code) => Object.values(noticeIn(language, { code, facts }))),
    ...causes.flatMap((cause) =>
      [null, 'seal.broken', 'register.blocked'].flatMap((code) =>
        [true, false].flatMap((isProbed) =>
          Object.values(uploadIn(language, { cause, code, isProbed })),
        ),
      ),
    ),
    ...Object.keys(actionCodes).map((code) => answerOfBank(language, code)),
    ...listedKinds.map((kind) => words.kinds[kind]),
    ...kindNames.map((kind) => paperWords[language].headings[kind]),
    words.cause({ ...facts, reason: 'disproved' }),
    words.cause({ ...facts, reason: 'not-in-register' }),
    words.difference({ bank: movement, terminal: null, reversal: true }),
    words.difference({ bank: null, terminal: movement, reversal: false }),
    words.difference({ bank: movement, terminal: movement, reversal: false }),
    ...textsIn(bankWords[language]),
    ...textsIn(paperWords[language]),
    ...textsIn(apiWords[language]),
    ...textsIn(words.evidence),
    ...measuresSaid(language),
    ...textsIn(words.distrusted),
    ...textsIn(words.diverged),
  ]
}

/** What is said of a warning or a block, each way. */
function measuresSaid(language: Language): string[] {
  const words = measuresWords[language]
  const measures = measureKinds.flatMap((kind) =>
    [true, false].flatMap((inForce) =>
      [null, facts.at ?? 0].map((till) => ({ kind, inForce, till, reason: '7', from: 0 })),
    ),
  )
  const told = measures.flatMap((measure) =>
    [true, false].map((isShiftOpen) => measureIn(language, measure, { isShiftOpen })),
  )
  const alone = [words.opensItself, words.opening, words.seconds(7), words.warnedBecause({})]
  return [...alone, ...told.flatMap(({ title, next }) => [title, ...next])]
}

const textsIn = (table: object): string[] =>
  Object.values(table).flatMap((value) => {
    if (typeof value === 'string') return [value]
    if (typeof value === 'function') return [String(value('7'))]
    return textsIn(value)
  })

// Screens and offices called by their own names.
const NAMES = /«Настоящая Цифровая»|ООО/g
const foreign: Record<Language, RegExp> = {
  ru: /[іІўЎ]/,
  be: /[иИщЩъЪ]/,
  en: /\p{Script=Cyrillic}/u,
}

for (const language of languages) {
  test(`whatever is said in ${language} is whole and in its own letters`, () => {
    const texts = said(language)
    assert.ok(texts.length > 1000)
    for (const text of texts) {
      assert.doesNotMatch(text, /undefined|NaN|\[object/, text)
      assert.doesNotMatch(text.replace(NAMES, ''), foreign[language], text)
      assert.equal(text.trimEnd(), text)
    }
  })
}
