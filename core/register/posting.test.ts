import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kopecks } from '../money.ts'
import { noBalances, post, postings } from './posting.ts'

const settlement = {
  cash: kopecks(700),
  card: kopecks(400),
  other: kopecks(50),
  change: kopecks(150),
}
const sum = kopecks(1000)

test('a sale is posted coin by coin: what was handed over, the change, the card, the rest', () => {
  assert.deepEqual(postings({ kind: 'sale', sum, settlement }), [
    { account: 'drawer', amount: 700 },
    { account: 'drawer', amount: -150 },
    { account: 'bank', amount: 400 },
    { account: 'other', amount: 50 },
    { account: 'trade', amount: -1000 },
  ])
})

test('money goes back the way it came', () => {
  const back = { ...settlement, cash: kopecks(550), change: kopecks(0) }
  for (const kind of ['refund', 'annulment'] as const) {
    assert.deepEqual(postings({ kind, sum, settlement: back }), [
      { account: 'drawer', amount: -550 },
      { account: 'bank', amount: -400 },
      { account: 'other', amount: -50 },
      { account: 'trade', amount: 1000 },
    ])
  }
})

test('a deposit comes from the safe, a withdrawal goes to it, a shift moves nothing', () => {
  const none = { cash: sum, card: kopecks(0), other: kopecks(0), change: kopecks(0) }
  assert.deepEqual(postings({ kind: 'deposit', sum, settlement: none }), [
    { account: 'drawer', amount: 1000 },
    { account: 'safe', amount: -1000 },
  ])
  assert.deepEqual(postings({ kind: 'withdrawal', sum, settlement: none }), [
    { account: 'drawer', amount: -1000 },
    { account: 'safe', amount: 1000 },
  ])
  assert.deepEqual(postings({ kind: 'shift-opening', sum, settlement: none }), [])
  assert.deepEqual(postings({ kind: 'shift-closing', sum, settlement: none }), [])
})

test('what is nothing is not posted, a kopeck is', () => {
  const one = kopecks(1)
  const none = { cash: one, card: kopecks(0), other: kopecks(0), change: kopecks(0) }
  assert.deepEqual(postings({ kind: 'sale', sum: one, settlement: none }), [
    { account: 'drawer', amount: 1 },
    { account: 'trade', amount: -1 },
  ])
})

test('balances are the sum of what was posted, and what was before stays as it was', () => {
  const empty = noBalances()
  const sold = post(empty, postings({ kind: 'sale', sum, settlement }))
  const after = {
    drawer: 550,
    carried: 0,
    bank: 400,
    other: 50,
    trade: -1000,
    safe: 0,
    correction: 0,
  }
  assert.deepEqual(sold, after)
  assert.deepEqual(Object.values(empty), [0, 0, 0, 0, 0, 0, 0])
})
