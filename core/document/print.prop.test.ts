import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { aDocument, anIssuer } from '#test/fixtures.ts'
import { formatMoney, kopecks, MAX_QUANTITY, MAX_SUM, thousandths } from '../money.ts'
import { languages } from '../words/language.ts'
import { paperWords } from '../words/paper.ts'
import type { FiscalDocument } from './document.ts'
import { kindNames, vatRates } from './kinds.ts'
import { asText, type Columns } from './paper-text.ts'
import { receiptRows } from './print.ts'
import { openCounters } from './report.ts'
import { lineCost } from './totals.ts'
import { uidOf } from './uid.ts'

const sum = fc.integer({ min: 0, max: MAX_SUM }).map(kopecks)
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 128 })
const line = fc.record({
  name,
  code: fc.option(fc.string({ unit: 'grapheme-ascii', maxLength: 64 })),
  // Kept where price × quantity is still a lawful sum.
  price: fc.integer({ min: 0, max: 1_000_000_000 }).map(kopecks),
  quantity: fc.integer({ min: 1, max: MAX_QUANTITY }).map(thousandths),
  discount: sum,
  markup: sum,
  vat: fc.constantFrom(...vatRates, null),
})

const document: fc.Arbitrary<FiscalDocument> = fc
  .record({
    kind: fc.constantFrom(...kindNames),
    number: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    shift: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    cashier: name,
    lines: fc.array(line, { minLength: 1, maxLength: 4 }),
    sum,
    cash: sum,
    discount: sum,
    markup: sum,
    settlement: fc.record({ cash: sum, card: sum, other: sum, change: sum }),
    issuer: fc.record({ company: name, place: name, address: name }).map(anIssuer),
    basis: fc.option(fc.constant({ number: 7, uid: uidOf('a'.repeat(64), 199_999_999) })),
  })
  .map((change) =>
    aDocument({
      ...change,
      report: change.kind === 'shift-closing' ? openCounters(change.shift, 0, 1) : null,
    }),
  )

const columns = fc.constantFrom<Columns>(32, 48)
const language = fc.constantFrom(...languages)
const uid = uidOf('0123456789abcdef', 199_999_999)

test('no line exceeds the paper, and every sum and the УИ are on it', () => {
  fc.assert(
    fc.property(document, columns, language, (made, width, spoken) => {
      const lines = asText(receiptRows({ is: 'document', document: made, uid }, spoken), width)
      for (const text of lines) {
        assert.ok([...text].length <= width, `${JSON.stringify(text)} is wider than ${width}`)
        assert.doesNotMatch(text, /\p{Cc}/u)
      }
      const paper = lines.join('\n')
      assert.ok(paper.includes(paperWords[spoken].uid(uid)))
      for (const expected of expectedSums(made)) {
        assert.ok(paper.includes(formatMoney(expected)), `${formatMoney(expected)} is missing`)
      }
    }),
  )
})

function expectedSums(made: FiscalDocument): number[] {
  const { cash, card, other, change } = made.settlement
  const costs = made.lines.map(({ price, quantity }) => lineCost(price, quantity))
  switch (made.kind) {
    case 'sale':
      return [made.sum, ...costs, ...[cash, card, other, change].filter((part) => part > 0)]
    case 'refund':
      return [made.sum, ...costs, ...[card, other].filter((part) => part > 0)]
    case 'annulment':
      return [made.sum, ...[card, other].filter((part) => part > 0)]
    case 'deposit':
    case 'withdrawal':
      return [made.sum, made.cash]
    case 'shift-opening':
    case 'shift-closing':
      return [made.cash]
  }
}
