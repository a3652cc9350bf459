import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kopecks } from '../money.ts'
import { balanceOf, imbalance, oppositeOf, postingsOf } from './ledger.ts'

test('a client has what came in less what went out, whatever stands on other accounts', () => {
  const kinds = [
    ['payment', 5000],
    ['charge', 2900],
    ['credit', 700],
    ['payout', 300],
  ] as const
  const entries = ['1', '2'].flatMap((client) =>
    kinds.map(([kind, sum]) => {
      const postings = postingsOf(kind, { client, sum: kopecks(sum) })
      return { kind, at: 0, postings }
    }),
  )
  assert.equal(balanceOf(entries, 'client:1'), 2500)
  assert.equal(balanceOf(entries, 'bank'), -9400)
  assert.equal(balanceOf(entries, 'sales'), 4400)
  assert.equal(balanceOf(entries, 'client:3'), 0)
  const [paid] = entries
  assert.ok(paid)
  const undoing = { kind: 'undoing' as const, at: 0, postings: oppositeOf(paid.postings) }
  assert.equal(balanceOf([...entries, undoing], 'client:1'), -2500)
})

test('an entry that does not come to zero is told by how much', () => {
  const at = (...sums: number[]) =>
    imbalance({ postings: sums.map((sum) => ({ account: 'bank', sum: kopecks(sum) })) })
  assert.deepEqual([at(), at(5, -5), at(5, 2), at(-5, -2, 1)], [0, 0, 7, -6])
})
