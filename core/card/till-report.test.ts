import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kopecks } from '../money.ts'
import { type Agreement, agreementOf, type BankWord, type TillState } from './till-report.ts'

const sum = kopecks(500)
const held: BankWord = { approved: true, undone: false, sum }
const undone: BankWord = { approved: true, undone: true, sum }
const declined: BankWord = { approved: false, undone: false, sum }
const other: BankWord = { approved: true, undone: false, sum: kopecks(501) }

const table: Record<TillState, [BankWord | null, Agreement][]> = {
  open: [
    [held, 'open'],
    [null, 'open'],
  ],
  registered: [
    [held, 'agrees'],
    [undone, 'no-money'],
    [declined, 'no-money'],
    [null, 'no-money'],
    [other, 'other-sum'],
  ],
  failed: [
    [held, 'no-document'],
    [undone, 'agrees'],
    [declined, 'agrees'],
    [null, 'agrees'],
  ],
  cancelled: [
    [held, 'no-document'],
    [undone, 'agrees'],
    [declined, 'agrees'],
    [null, 'agrees'],
  ],
}

test('money and document part where one stands without the other, or with another sum', () => {
  for (const [state, rows] of Object.entries(table)) {
    for (const [bank, agreement] of rows) {
      const told = agreementOf(bank, { state: state as TillState, sum })
      assert.equal(told, agreement, `${state} ${JSON.stringify(bank)}`)
    }
  }
})

test('of a till that has not told nothing is concluded', () => {
  for (const bank of [held, undone, declined, null])
    assert.equal(agreementOf(bank, null), 'unheard')
})
