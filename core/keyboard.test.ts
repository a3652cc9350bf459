import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asLatinKeys, asRussianKeys } from './keyboard.ts'

test('a text typed under the wrong keyboard is read as it was meant', () => {
  assert.equal(asRussianKeys('vjkjrj'), 'молоко')
  assert.equal(asRussianKeys('Vjkjrj 2,5'), 'Молоко 2б5')
  assert.equal(asLatinKeys('СЩСФ-сщдф'), 'COCA-cola')
  assert.equal(asLatinKeys('ъУ0410'), ']E0410')
  assert.equal(asLatinKeys('ўі'), 'ob')
})

test('what either keyboard could have typed stays', () => {
  assert.equal(asRussianKeys('4810 2,5'), '4810 2,5')
  assert.equal(asLatinKeys('4810.2,5'), '4810.2,5')
})
