import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { aDocument, anOperation } from '#test/fixtures.ts'
import type { FiscalDocument } from '../document/document.ts'
import { type Line, lineCost, settle, totals } from '../document/totals.ts'
import { kopecks, thousandths, ZERO } from '../money.ts'
import type { Operation } from './operation.ts'
import { backOf, leftOf, type Refund, refundOf, restOf } from './refund.ts'

const line = fc
  .record({
    price: fc.integer({ min: 1, max: 100_000 }),
    quantity: fc.integer({ min: 1, max: 20_000 }),
    discountShare: fc.integer({ min: 0, max: 100 }),
  })
  .filter(({ price, quantity }) => lineCost(kopecks(price), thousandths(quantity)) > 0)
  .map(({ price, quantity, discountShare }): Line => {
    const cost = lineCost(kopecks(price), thousandths(quantity))
    return {
      name: 'Товар',
      code: null,
      vat: 20,
      markup: ZERO,
      price: kopecks(price),
      quantity: thousandths(quantity),
      discount: kopecks(Math.floor((cost * discountShare) / 100)),
    }
  })

/** A sale paid half by other means, its receipt discounted too. */
const sale = fc
  .record({ lines: fc.array(line, { minLength: 1, maxLength: 4 }), share: fc.nat(50) })
  .map(({ lines, share }): FiscalDocument | null => {
    const before = totals({ lines, discount: ZERO, markup: ZERO })
    if ('fault' in before) return null
    const discount = kopecks(Math.floor((before.total * share) / 100))
    const sums = totals({ lines, discount, markup: ZERO })
    if ('fault' in sums) return null
    const other = kopecks(Math.floor(sums.total / 2))
    const payments = [
      { means: 'other' as const, sum: other },
      { means: 'cash' as const, sum: kopecks(sums.total - other + 100) },
    ]
    const settlement = settle(sums.total, payments)
    if ('fault' in settlement) return null
    const { total, vat } = sums
    return aDocument({ lines, discount, payments, settlement, sum: total, vat })
  })
  .filter((document) => document !== null)

const asOperation = ({ lines, returns, payments, total }: Refund): Operation =>
  anOperation({
    kind: 'refund',
    returns,
    payments,
    sum: total,
    command: {
      kind: 'refund',
      cashier: 'Анна',
      lines,
      discount: ZERO,
      markup: ZERO,
      payments,
      total,
      basis: null,
    },
  })

test('parts of a sale, in any order, come to the whole of it and never to more', () => {
  fc.assert(
    fc.property(sale, fc.infiniteStream(fc.nat(1000)), (document, chance) => {
      const undone: Operation[] = []
      const next = () => Number(chance.next().value)
      for (let tries = 0; tries < 40; tries += 1) {
        const left = leftOf(document, undone).filter(({ quantity }) => quantity > 0)
        const chosen = left[next() % Math.max(1, left.length)]
        if (!chosen) break
        const part = 1 + (next() % chosen.quantity)
        const quantity = tries > 20 ? chosen.quantity : thousandths(part)
        const refund = refundOf(document, undone, [{ line: chosen.line, quantity }])
        if (!('fault' in refund)) {
          const paid = refund.payments.reduce((sum, payment) => sum + payment.sum, 0)
          assert.equal(paid, refund.total)
          const sums = totals({ lines: refund.lines, discount: ZERO, markup: ZERO })
          assert.ok(!('fault' in sums) && sums.total === refund.total)
          undone.push(asOperation(refund))
        }
      }
      const returned = undone.reduce((sum, { sum: part }) => sum + part, 0)
      const rest = leftOf(document, undone).reduce((sum, { sum: part }) => sum + part, 0)
      assert.equal(returned + rest, document.sum)
      assert.ok(returned <= document.sum)
      const back = (means: string) =>
        undone
          .flatMap(({ payments }) => payments.filter((payment) => payment.means === means))
          .reduce((sum, payment) => sum + payment.sum, 0)
      assert.ok(back('other') <= document.settlement.other)
      assert.ok(back('cash') <= document.settlement.cash - document.settlement.change)
    }),
    { numRuns: 300 },
  )
})

test('all that is left at once is the rest to the kopeck', () => {
  fc.assert(
    fc.property(sale, (document) => {
      const all = leftOf(document, [])
      const refund = refundOf(document, [], all)
      if ('fault' in refund) return
      assert.equal(refund.total, document.sum)
      const again = refundOf(document, [asOperation(refund)], [{ ...all[0], quantity: 1 } as never])
      assert.ok('fault' in again && again.fault === 'exhausted')
    }),
  )
})

test('what a form counts from the rest of a sale is what the refund then gives', () => {
  fc.assert(
    fc.property(sale, fc.nat(1000), (document, chance) => {
      const whole = leftOf(document, []).map(({ line, quantity }) => ({
        line,
        quantity: thousandths(1 + (chance % quantity)),
      }))
      const first = refundOf(document, [], whole)
      const undone = 'fault' in first ? [] : [asOperation(first)]
      const rest = leftOf(document, undone).filter(({ quantity }) => quantity > 0)
      const back = backOf(restOf(document, undone), rest)
      const refund = refundOf(document, undone, rest)
      if ('fault' in refund || 'fault' in back) return assert.deepEqual(back, refund)
      assert.deepEqual([back.total, back.payments], [refund.total, refund.payments])
      assert.deepEqual(
        back.sums,
        refund.lines.map((row) => lineCost(row.price, row.quantity) - row.discount + row.markup),
      )
    }),
  )
})

test('a sale paid by two means goes back by both, to the kopeck', () => {
  const rest = {
    lines: [{ price: kopecks(198), left: thousandths(1000), sum: kopecks(198) }],
    payments: [
      { means: 'cash' as const, sum: kopecks(131) },
      { means: 'card' as const, sum: kopecks(67) },
      { means: 'other' as const, sum: ZERO },
    ],
  }
  const whole = backOf(rest, [{ line: 0, quantity: thousandths(1000) }])
  assert.ok(!('fault' in whole))
  assert.deepEqual(whole.payments, [
    { means: 'cash', sum: 131 },
    { means: 'card', sum: 67 },
  ])
  const half = backOf(rest, [{ line: 0, quantity: thousandths(500) }])
  assert.ok(!('fault' in half))
  assert.deepEqual(half.payments, [
    { means: 'cash', sum: 66 },
    { means: 'card', sum: 33 },
  ])
  assert.ok('fault' in backOf(rest, [{ line: 0, quantity: thousandths(1001) }]))
})
