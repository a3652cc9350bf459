import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languageOf } from './language.ts'

test('a language is asked for by Accept-Language; Russian where none of ours is', () => {
  const cases: [string | null, string][] = [
    [null, 'ru'],
    ['', 'ru'],
    ['de', 'ru'],
    ['be', 'be'],
    ['be-BY', 'be'],
    ['EN-us,ru;q=0.5', 'en'],
    ['de-DE,de;q=0.9,en;q=0.3,be;q=0.7', 'be'],
    ['en;q=0,be;q=0.1', 'be'],
    ['en;q=2', 'ru'],
    ['*', 'ru'],
    ['ru;q=0.8, en;q=0.8', 'ru'],
    [',;;q=x,\u0000', 'ru'],
  ]
  for (const [accepted, language] of cases)
    assert.equal(languageOf(accepted), language, accepted ?? '')
})
