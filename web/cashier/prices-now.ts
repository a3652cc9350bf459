import { useState } from 'preact/hooks'
import type { BasketLine } from '#core/api/register-parked.ts'
import type { Kopecks } from '#core/money.ts'
import { useLater, useLoad, useStore } from '#web/ui/hooks.ts'
import type { Basket } from './basket.ts'
import { register } from './register.ts'
import { till } from './till.ts'

/** What goods of a line cost now where that is another price; null: they are sold no more. */
export type PriceNow = { price: Kopecks | null } | undefined

/** So long after the last line: what was rung up just now costs what it cost then. */
const HUSH_MS = 300

/** A7: a line keeps its price, and the cashier is told that the goods have another one by now. */
export function usePricesNow({ lines }: Basket): (line: BasketLine) => PriceNow {
  const { status } = useStore(till)
  const goods = [...new Set(lines.flatMap(({ goods: { id } }) => id ?? []))]
  const key = `${status?.prices} ${goods.join()}`
  const [asked, ask] = useState('')
  useLater(key, HUSH_MS, () => ask(key))
  const [answer] = useLoad(asked, async () =>
    goods.length === 0 ? null : register.pricesNow({ goods }),
  )
  const prices = answer?.kind === 'done' ? answer.value.prices : []
  return (line) => {
    const now = prices.find((each) => each.goods === line.goods.id)
    return now && now.price !== line.goods.price ? now : undefined
  }
}
