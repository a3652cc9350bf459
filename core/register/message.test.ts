import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messageIn } from '#core/words/operations.ts'
import { anOperation } from '#test/fixtures.ts'
import { messageOf } from './message.ts'
import type { Operation, Proof } from './operation.ts'

const told = (change: Partial<Operation>) => {
  const message = messageOf(anOperation(change), 0 as never)
  assert.ok(message)
  const { text, next } = messageIn('ru', message)
  return `${text}. ${next}`
}
const ended = (code: string, proof: Proof = 'proved') =>
  ({ is: 'failed', code, facts: {}, proof }) as const
const reversing = (held: boolean) => ({ is: 'reversing', held }) as const

test('an undone purchase gives money back, an undone refund takes it again', () => {
  for (const held of [false, true]) {
    const state = reversing(held)
    assert.match(told({ state }), /[Вв]озвр[а-я]+ (денег )?на карту|деньги возвращаются/)
    for (const kind of ['refund', 'annulment'] as const) {
      assert.doesNotMatch(told({ kind, state }), /[Дд]еньги (возвращаются|вернут)|вернёт деньги/)
      assert.match(told({ kind, state }), /[Вв]озврат на карту отменяется|Отмена возврата/)
    }
  }
})

test('a card given up with a lost СКО advises to check the counters (R4)', () => {
  const given = { state: reversing(false), authorisation: 'approved' as const }
  assert.match(told({ ...given, reached: 'no' }), /Сверьте счётчики смены с оператором ПКС/)
  assert.doesNotMatch(told({ ...given, reached: 'maybe' }), /счётчики/)
})

test('a dead line is no fault of the card: the step is to look at the line', () => {
  const state = ended('bank.unreachable')
  assert.match(told({ state }), /подключение к интернету.*наличные/)
  assert.match(told({ kind: 'refund', state }), /подключение к интернету и повторите$/)
  assert.match(told({ kind: 'annulment', state: ended('bank.never') }), /Повторите операцию$/)
  assert.match(told({ kind: 'annulment', state: ended('bank.902') }), /«Возврат»/)
  assert.match(told({ kind: 'refund', state: ended('bank.110') }), /банк-эквайер/)
  assert.match(told({ state: ended('bank.116') }), /другую карту/)
})

test('a word that nobody could check says so, a checked one sends to the counters', () => {
  assert.match(told({ state: ended('operation.denied', 'unproved') }), /проверит её сама/)
  assert.match(told({ state: ended('operation.denied') }), /Сверьте счётчики/)
  assert.match(told({ state: ended('operation.given-up', 'unproved') }), /Сверьте счётчики/)
})
