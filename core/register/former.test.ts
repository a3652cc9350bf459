import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deviceWords } from '../words/device.ts'
import { operationsWords } from '../words/operations.ts'
import { readEvent } from './former.ts'
import type { Event } from './operation.ts'

// Sentences that versions before wrote in `why`, next to the code.
const read = (event: object): Event => readEvent(event as Event)
const refused = (code: string, why: string): Event =>
  read({ type: 'device', outcome: 'refused', code, why })
const now = (code: string, facts: object) => ({ type: 'device', outcome: 'refused', code, facts })

test('words that their code tells anyway are dropped', () => {
  const plain = deviceWords.ru.faults.TIN_ZERO_SUM
  assert.equal(typeof plain, 'string')
  const { faults } = deviceWords.ru
  const code = Object.entries(faults).find(([, words]) => typeof words === 'string')?.[0] ?? ''
  assert.deepEqual(refused(code, String(faults[code as keyof typeof faults])), now(code, {}))
  assert.deepEqual(refused('operation.denied', 'что угодно'), now('operation.denied', {}))
  assert.deepEqual(refused('bank.051', 'Нет средств'), now('bank.051', {}))
  assert.deepEqual(refused('SOMETHING', ''), now('SOMETHING', {}))
})

test('what the code does not tell is kept as it was said', () => {
  const said = 'Сказано иначе'
  for (const code of ['TIN_ZERO_SUM', 'SOMETHING', 'bank.0511', 'a.bank.051']) {
    assert.deepEqual(refused(code, said), now(code, { said }))
  }
})

test('who said that it never was is told by what he said', () => {
  const never = operationsWords.ru.failures['operation.never']
  const by = (who: 'operator' | 'sko') => refused('operation.never', never({ by: who }))
  assert.deepEqual(by('operator'), now('operation.never', { by: 'operator' }))
  assert.deepEqual(by('sko'), now('operation.never', { by: 'sko' }))
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
