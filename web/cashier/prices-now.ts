import type { BasketLine } from '#core/api/register-parked.ts'
import type { Kopecks } from '#core/money.ts'
import { useLoad, useStore } from '#web/ui/hooks.ts'
import type { Basket } from './basket.ts'
import { register } from './register.ts'
import { till } from './till.ts'

/** What goods of a line cost now where that is another price; null: they are sold no more. */
export type PriceNow = { price: Kopecks | null } | undefined

/** A7: a line keeps its price, and the cashier is told that the goods have another one by now. */
export function usePricesNow({ lines }: Basket): (line: BasketLine) => PriceNow {
  const { status } = useStore(till)
  const goods = [...new Set(lines.flatMap(({ goods: { id } }) => id ?? []))]
  const [answer] = useLoad(`${status?.prices} ${goods.join()}`, async () =>
    goods.length === 0 ? null : register.pricesNow({ goods }),
  )
  const prices = answer?.kind === 'done' ? answer.value.prices : []
  return (line) => {
    const now = prices.find((each) => each.goods === line.goods.id)
    return now && now.price !== line.goods.price ? now : undefined
  }
}
