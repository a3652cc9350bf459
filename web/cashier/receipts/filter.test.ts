import assert from 'node:assert/strict'
import { test } from 'node:test'
import { operationsWords } from '#core/words/operations.ts'
import { receiptSearchRu } from '#core/words/receipt-search/ru.ts'
import { askedOf, filterIn, queryOf, toldOf } from './filter.ts'

const told = (query: string) =>
  toldOf(filterIn(query), receiptSearchRu.told, operationsWords.ru.kinds).map(({ text }) => text)

test('an address and what it asks are one: what means nothing there asks nothing', () => {
  const query = '?search=%E2%84%96+2&from=2026-11-01&goods=%D1%85%D0%BB%D0%B5%D0%B1+%26&card=0014'
  assert.equal(queryOf(filterIn(query)), query)
  assert.equal(queryOf(filterIn('')), '')
  const nonsense = '?from=2026-02-31&until=x&kind=pike&card=12345&shift=-1&other=7'
  assert.equal(queryOf(filterIn(nonsense)), '')
})

test('an empty field, spaces and one digit of a card ask nothing', () => {
  const asked = askedOf(filterIn('search=+&goods=+&card=1&cashier='))
  assert.deepEqual(
    Object.values(asked).filter((value) => value !== undefined),
    [],
  )
  assert.equal(askedOf(filterIn('card=14&shift=3')).card, '14')
})

test('what is asked is said in words, days together', () => {
  assert.deepEqual(told('from=2026-11-27&until=2026-11-27'), ['27.11.2026'])
  assert.deepEqual(told('from=2026-11-01&until=2026-11-27'), ['01.11.2026 – 27.11.2026'])
  assert.deepEqual(told('from=2026-11-01'), ['с 01.11.2026'])
  assert.deepEqual(told('until=2026-11-01&kind=refund&shift=2'), [
    'по 01.11.2026',
    'Возврат',
    'смена 2',
  ])
})
