import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readWeight } from './weight.ts'

test('a weight that stands still is grams, whichever unit the scale shows', () => {
  assert.deepEqual(readWeight('S S      0.540 kg'), { heard: 'stable', grams: 540 })
  assert.deepEqual(readWeight('S S    100.4 g\r'), { heard: 'stable', grams: 100 })
  // 1.005 has no exact form in binary.
  assert.deepEqual(readWeight('S S 1.005 kg'), { heard: 'stable', grams: 1005 })
})

test('what is no weight to sell by says which', () => {
  const heard = (line: string) => readWeight(line)?.heard
  assert.equal(heard('S I'), 'unstable')
  assert.equal(heard('S D 0.540 kg'), 'unstable')
  assert.equal(heard('S +'), 'overload')
  assert.equal(heard('S -'), 'underload')
  assert.equal(heard('S S -0.010 kg'), 'underload')
  assert.equal(heard('S S 0.000 kg'), 'empty')
  assert.equal(heard('S S 0.0004 kg'), 'empty')
  for (const line of ['S S 1 lb', 'S S 1e3 kg', 'S S kg', 'S', 'S X', 'S S 1 kg kg', 'ES', 'EL']) {
    assert.deepEqual(readWeight(line), { heard: 'garbled', grams: null }, line)
  }
})

test('an answer to something else is no answer', () => {
  for (const line of ['', 'I4 A "0123"', 'SI S 1 kg', '200 OK'])
    assert.equal(readWeight(line), null)
})
