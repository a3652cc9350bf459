import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sentences } from './sentences.ts'

test('parts become whole sentences and empty ones fall out', () => {
  assert.equal(
    sentences('Неверный PIN', 'Повторите через 5 с.'),
    'Неверный PIN. Повторите через 5 с.',
  )
  assert.equal(sentences('', undefined, 'Да!'), 'Да!')
  assert.equal(sentences(), '')
})
