import type { OperationRequest } from '#core/api/operation-request.ts'
import { lineCost } from '#core/document/totals.ts'
import { kopecks, thousandths } from '#core/money.ts'
import type { Dice } from '#sim/dice.ts'
import { demoGoods } from '#stand/demo/goods.ts'

/** A unit of marked goods is sold by its own code. */
const unmarked = demoGoods.filter(({ marking }) => marking === 'none')

export type Means = 'cash' | 'card' | 'mixed'
export type SaleRequest = Pick<OperationRequest, 'lines' | 'discount' | 'markup' | 'payments'>

/** Goods by their codes, with discounts, for cash with change, by card or both. */
export function aSale(dice: Dice, means?: Means, percent = 8): SaleRequest {
  const sold = Array.from({ length: dice.int(1, 4) }, () => {
    const goods = dice.any(unmarked) ?? { code: '', price: kopecks(1), unit: 'piece' }
    const isWeighed = goods.unit === 'kg'
    const quantity = thousandths(isWeighed ? dice.int(200, 2500) : dice.int(1, 4) * 1000)
    const cost = lineCost(goods.price, quantity)
    const most = Math.floor((cost * percent) / 100)
    const discount = kopecks(dice.chance(0.3) ? dice.int(0, most) : 0)
    return { code: goods.code ?? '', quantity, discount, cost }
  })
  const lines = sold.map(({ code, quantity, discount }) => ({ code, quantity, discount }))
  const sum = sold.reduce((all, { cost, discount }) => all + cost - discount, 0)
  const whole = dice.chance(0.2) ? dice.int(0, Math.floor((sum * percent) / 100)) : 0
  const total = sum - whole
  const payments = paid(dice, { total, by: means ?? dice.pick(['cash', 'cash', 'card', 'mixed']) })
  return { lines, discount: kopecks(whole), payments }
}

function paid(dice: Dice, { total, by }: { total: number; by: Means }) {
  const card = by === 'cash' ? 0 : by === 'card' ? total : dice.int(1, Math.max(1, total - 1))
  const left = total - card
  const cash = dice.chance(0.5) ? left : Math.ceil(left / 1000) * 1000
  const payments = [
    { means: 'card' as const, sum: kopecks(card) },
    { means: 'cash' as const, sum: kopecks(cash) },
  ]
  return payments.filter(({ sum }) => sum > 0)
}
