import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOperation, NOW } from '#test/fixtures.ts'
import type { Rrn } from '../card/rrn.ts'
import { kopecks } from '../money.ts'
import { type CardAttempt, type CardPart, cardPart, financialOf, reversalOf } from './card-part.ts'

const { id } = anOperation()
const rrn = '632800000001' as Rrn
const attempt: CardAttempt = {
  mark: { stan: 7, at: NOW },
  undo: { stan: 8, at: NOW },
  receipt: 12,
  masked: '9999 99** **** 0014',
  entry: 'contactless',
}
const asked: CardPart = { ...cardPart('refund', kopecks(500), rrn), attempt }

test('a part that no card was read for says nothing to the bank', () => {
  const card = cardPart('purchase', kopecks(500))
  const expected = { kind: 'purchase', sum: 500, original: null, attempt: null, approval: null }
  assert.deepEqual(card, { ...expected, reversal: null })
  for (const part of [card, null]) {
    assert.equal(financialOf({ id, card: part }), null)
    assert.equal(reversalOf({ id, card: part }, false), null)
  }
})

test('the bank is asked for what the operation takes or gives back', () => {
  const financial = { kind: 'refund', operation: id, sum: 500, receipt: 12, original: rrn }
  assert.deepEqual(financialOf({ id, card: asked }), financial)
})

test('what undoes it names its message, and says whether its answer was heard', () => {
  const unheard = {
    kind: 'reversal',
    of: 'refund',
    original: attempt.mark,
    operation: id,
    sum: 500,
    receipt: 12,
    rrn: null,
    reason: 'no-answer',
    repeat: true,
  }
  assert.deepEqual(reversalOf({ id, card: asked }, true), unheard)
  const approval = { rrn: '632800000002', at: NOW } as unknown as CardPart['approval']
  const heard = { ...unheard, rrn: '632800000002', reason: 'not-completed', repeat: false }
  assert.deepEqual(reversalOf({ id, card: { ...asked, approval } }, false), heard)
})
