import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Line, lineCost, totals } from '../document/totals.ts'
import { type Kopecks, kopecks, thousandths } from '../money.ts'
import { lacksBeside, lacksOf, type Rung } from './receipt.ts'
import { usualRoles } from './roles.ts'

const price = fc.integer({ min: 1, max: 50_000 }).map(kopecks)
/** Of a sum, in per mille; mostly what a cashier may give. */
const perMille = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 200 }) },
  { weight: 1, arbitrary: fc.integer({ min: 200, max: 1000 }) },
)
const mostly = <T, U>(usual: T, seldom: fc.Arbitrary<U>) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: seldom })
const share = (sum: number, of: number): Kopecks => kopecks(Math.round((sum * of) / 1000))
const rung = fc
  .record({
    catalogue: price,
    asked: mostly(null, price),
    pieces: fc.integer({ min: 1, max: 9 }),
    discount: perMille,
    markup: perMille,
    vat: mostly(10 as const, fc.constant(20 as const)),
    isKnown: mostly(true, fc.constant(false)),
  })
  .map(({ catalogue, asked, pieces, discount, markup, vat, isKnown }): Rung => {
    const quantity = thousandths(pieces * 1000)
    const line: Line = {
      name: 'Хлеб',
      code: null,
      price: asked ?? catalogue,
      quantity,
      discount: share(lineCost(asked ?? catalogue, quantity), discount),
      markup: share(lineCost(asked ?? catalogue, quantity), markup),
      vat,
    }
    return { line, known: isKnown ? { name: 'Хлеб', vat: 10, prices: [catalogue] } : null }
  })
const sales = fc
  .record({ rung: fc.array(rung, { minLength: 1, maxLength: 6 }), down: perMille, up: perMille })
  .map(({ rung, down, up }) => {
    const cost = rung.reduce((sum, { line }) => sum + lineCost(line.price, line.quantity), 0)
    return { rung, discount: share(cost, down), markup: share(cost, up) }
  })

const receiptOf = (sale: { rung: Rung[]; discount: Kopecks; markup: Kopecks }) => ({
  lines: sale.rung.map(({ line }) => line),
  discount: sale.discount,
  markup: sale.markup,
})

test('whatever a cashier asks for, known goods cost what they do, within her limit', () => {
  const { cashier } = usualRoles
  let allowed = 0
  fc.assert(
    fc.property(sales, (sale) => {
      const sums = totals(receiptOf(sale))
      if ('fault' in sums) return
      if (lacksOf(sale.rung, { ...sale, totals: sums }, cashier).length > 0) return
      allowed += 1
      const due = sale.rung.reduce((sum, { line, known }) => {
        assert.ok(known?.vat === line.vat)
        return sum + lineCost(known.prices[0] ?? kopecks(0), line.quantity)
      }, 0)
      // Half a kopeck for each sum that was rounded on its own.
      const rounding = (sale.rung.length + 1) / 2
      assert.ok(sums.total >= due * 0.8 - rounding, `${sums.total} of ${due}`)
      assert.ok(sums.total <= due * 1.2 + rounding, `${sums.total} of ${due}`)
    }),
    { numRuns: 2000 },
  )
  assert.ok(allowed > 50, `${allowed} receipts were let pass`)
})

test('what was granted passes as it stood, and nothing that costs less does', () => {
  const { cashier } = usualRoles
  fc.assert(
    fc.property(sales, fc.nat(), (sale, dice) => {
      const receipt = receiptOf(sale)
      const sums = totals(receipt)
      if ('fault' in sums) return
      const lacks = lacksOf(sale.rung, { ...sale, totals: sums }, cashier)
      assert.deepEqual(lacksBeside(lacks, receipt, receipt), [])
      const place = dice % receipt.lines.length
      const cheaper = receipt.lines.map((line, i) =>
        i === place ? { ...line, price: kopecks(Math.max(1, line.price - 1)) } : line,
      )
      const bent = { ...receipt, lines: cheaper }
      const left = lacksBeside(lacks, bent, receipt)
      const wanted = lacks.filter((lack) => lack.place === place && lack.right !== 'discount')
      if (cheaper[place]?.price !== receipt.lines[place]?.price) {
        for (const lack of wanted) assert.ok(left.includes(lack))
      }
    }),
  )
})

test('an administrator lacks nothing', () => {
  fc.assert(
    fc.property(sales, (sale) => {
      const sums = totals(receiptOf(sale))
      if ('fault' in sums) return
      assert.deepEqual(lacksOf(sale.rung, { ...sale, totals: sums }, usualRoles.administrator), [])
    }),
  )
})
