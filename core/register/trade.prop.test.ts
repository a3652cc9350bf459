import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { aDocument } from '#test/fixtures.ts'
import { kopecks, thousandths, ZERO } from '../money.ts'
import {
  addTakings,
  averageOf,
  filled,
  groupSums,
  noTakings,
  receiptsOf,
  takenOf,
  takingsOf,
} from './trade.ts'

const aLine = fc.record({
  name: fc.constant('Хлеб'),
  code: fc.constant(null),
  price: fc.integer({ min: 1, max: 100_000 }).map(kopecks),
  quantity: fc.integer({ min: 1000, max: 9000 }).map(thousandths),
  discount: fc.constant(ZERO),
  markup: fc.constant(ZERO),
  vat: fc.constant(10 as const),
})
const kinds = ['sale', 'refund', 'annulment'] as const
const paid = fc.record({
  kind: fc.constantFrom(...kinds),
  cash: fc.nat(100_000),
  card: fc.nat(100_000),
  other: fc.nat(100_000),
  change: fc.nat(5000),
})

type Paid = {
  kind: (typeof kinds)[number]
  cash: number
  card: number
  other: number
  change: number
}
// Payments, less the change, are its sum.
const documentOf = ({ kind, cash, card, other, change }: Paid) =>
  aDocument({
    kind,
    sum: kopecks(cash + card + other),
    settlement: {
      cash: kopecks(cash + change),
      card: kopecks(card),
      other: kopecks(other),
      change: kopecks(change),
    },
  })

test('the turnover is what stayed by all means together, whatever was sold and undone', () => {
  fc.assert(
    fc.property(fc.array(paid, { maxLength: 30 }), (all) => {
      const total = all
        .map((each) => takingsOf(documentOf(each)) ?? assert.fail())
        .reduce(addTakings, noTakings)
      assert.equal(takenOf(total), total.cash + total.card + total.other)
      const count = (kind: string) => all.filter((each) => each.kind === kind).length
      assert.equal(receiptsOf(total), count('sale') - count('annulment'))
      assert.equal(total.refunds, count('refund'))
    }),
  )
})

test('groups share a document’s sum to the kopeck, below zero where it went back', () => {
  const lines = fc.array(fc.tuple(aLine, fc.constantFrom('Хлеб', 'Сыр', '')), { minLength: 1 })
  fc.assert(
    fc.property(
      lines,
      fc.integer({ min: 1, max: 10_000_000 }),
      fc.constantFrom(...kinds),
      (rows, sum, kind) => {
        const document = aDocument({ kind, sum: kopecks(sum), lines: rows.map(([line]) => line) })
        const groups: string[] = rows.map(([, group]) => group)
        const sums = groupSums(document, groups)
        const total = [...sums.values()].reduce<number>((a, b) => a + b, 0)
        assert.equal(total, kind === 'sale' ? sum : -sum)
        assert.ok([...sums.keys()].every((name) => groups.includes(name)))
        const unknown = groupSums(document, [])
        assert.deepEqual([...unknown], [['', kind === 'sale' ? sum : -sum]])
      },
    ),
  )
})

test('cash that moves without goods is no trade', () => {
  for (const kind of ['deposit', 'withdrawal', 'shift-opening', 'shift-closing'] as const) {
    assert.equal(takingsOf(aDocument({ kind })), null)
    assert.equal(groupSums(aDocument({ kind }), []).size, 0)
  }
})

test('an average is of sales that stand, and of nothing there is none', () => {
  assert.equal(averageOf(noTakings), null)
  const sold = {
    ...noTakings,
    sales: 3,
    sold: kopecks(1000),
    annulments: 1,
    annulled: kopecks(101),
  }
  assert.equal(averageOf(sold), 450)
  assert.equal(averageOf({ ...sold, refunded: kopecks(900) }), 450, 'a refund is no sale')
})

test('every hour of a span is there, and none beside', () => {
  const rows = new Map([[5, { ...noTakings, sales: 1 }]])
  const places = filled(rows, { from: 4, until: 6 })
  assert.deepEqual(
    places.map(({ place, trade }) => [place, trade.sales]),
    [
      [4, 0],
      [5, 1],
      [6, 0],
    ],
  )
  assert.deepEqual(filled(rows, { from: 0, until: -1 }), [])
})
