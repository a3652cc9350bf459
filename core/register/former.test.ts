import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deviceWords } from '../words/device.ts'
import { readEvent } from './former.ts'
import type { Event } from './operation.ts'

// Sentences that versions before wrote in `why`, next to the code.
const read = (event: object): Event => readEvent(event as Event)
const refused = (code: string, why: string): Event =>
  read({ type: 'device', outcome: 'refused', code, why })
const now = (code: string, facts: object) => ({ type: 'device', outcome: 'refused', code, facts })

test('words that their code tells anyway are dropped, and none are none', () => {
  const plain = deviceWords.ru.faults.TIN_ZERO_SUM
  assert.equal(typeof plain, 'string')
  assert.deepEqual(refused('TIN_ZERO_SUM', String(plain)), now('TIN_ZERO_SUM', {}))
  assert.deepEqual(refused('TIN_ZERO_SUM', ''), now('TIN_ZERO_SUM', {}))
  assert.deepEqual(refused('SOMETHING', ''), now('SOMETHING', {}))
})

test('what the code does not tell is kept as it was said', () => {
  const said = 'Сказано иначе'
  for (const code of ['TIN_ZERO_SUM', 'SOMETHING']) {
    assert.deepEqual(refused(code, said), now(code, { said }))
  }
})

test('the bank’s words are those of its code', () => {
  const declined = { type: 'bank', outcome: 'declined', code: 'bank.051' }
  assert.deepEqual(read({ ...declined, why: 'Нет средств' }), declined)
  const told = { type: 'told', by: 'bank', verdict: 'declined', code: 'bank.051' }
  assert.deepEqual(read({ ...told, why: 'Нет средств' }), told)
})

test('what needs no turning is left as it is', () => {
  const events: Event[] = [
    { type: 'device', outcome: 'refused', code: 'TIN_ZERO_SUM', facts: { line: 1 } },
    { type: 'device', outcome: 'unknown' },
    { type: 'bank', outcome: 'unknown' },
    { type: 'bank', outcome: 'declined', code: 'bank.051' },
    { type: 'told', by: 'bank', verdict: 'silent' },
    { type: 'dismissed', why: 'late', person: null },
  ]
  for (const event of events) assert.equal(readEvent(event), event)
})
