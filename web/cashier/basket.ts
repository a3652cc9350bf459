import { type Goods, goods } from '#core/api/register.ts'
import * as wire from '#core/api/wire.ts'
import {
  type Line,
  lineCost,
  type Payment,
  type Totals,
  type TotalsFault,
  totals,
} from '#core/document/totals.ts'
import { type OperationId, operationId } from '#core/id.ts'
import {
  type Kopecks,
  kopecks,
  MAX_QUANTITY,
  MAX_SUM,
  parseMoney,
  proportion,
  type Thousandths,
  thousandths,
  ZERO,
} from '#core/money.ts'
import { isWhole } from '#core/units.ts'
import type { TillWords } from '#core/words/till/ru.ts'

export type BasketLine = {
  key: number
  goods: Goods
  price: Kopecks
  quantity: Thousandths
  /** What was typed for the quantity and is none; null: the quantity counts. */
  wrong: string | null
  /** As typed: «5», «5.50», «10%»; a percentage follows the quantity. */
  discount: string
  markup: string
}
/** The sale being rung up. The id is made with the first line. */
export type Basket = {
  id: OperationId | null
  lines: readonly BasketLine[]
  discount: string
  markup: string
  /** Somebody with the rights has let the receipt pass as it stood; null: nobody had to. */
  grant: string | null
}

export const emptyBasket: Basket = { id: null, lines: [], discount: '', markup: '', grant: null }

/** Reads a basket kept over a reload. Null when any part of it is not what this page would keep. */
export function readBasket(value: unknown): Basket | null {
  if (!isRecord(value) || !Array.isArray(value.lines)) return null
  const lines = value.lines.map(readLine)
  const id = typeof value.id === 'string' ? operationId(value.id) : null
  if (lines.length === 0 || id === null || lines.includes(null)) return null
  return {
    id,
    lines: lines.filter((line) => line !== null),
    discount: String(value.discount),
    markup: String(value.markup),
    grant: typeof value.grant === 'string' ? value.grant : null,
  }
}

function readLine(value: unknown): BasketLine | null {
  if (!isRecord(value) || typeof value.key !== 'number') return null
  const item = goods.safeParse(value.goods)
  const price = wire.sum.safeParse(value.price)
  const quantity = wire.quantity.safeParse(value.quantity)
  if (!item.success || !price.success || !quantity.success) return null
  return {
    key: value.key,
    goods: item.data,
    price: price.data,
    quantity: quantity.data,
    wrong: typeof value.wrong === 'string' ? value.wrong : null,
    discount: String(value.discount),
    markup: String(value.markup),
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** More lines than that no document holds. */
const MOST_LINES = 500

/**
 * Puts goods in: pieces of the same goods at the same price join their line, weighed never. Null:
 * no more lines go in.
 */
export function addGoods(
  basket: Basket,
  { item, quantity, newId }: { item: Goods; quantity: Thousandths; newId: () => OperationId },
): { basket: Basket; key: number } | null {
  const same = basket.lines.find(
    (line) => line.goods.id === item.id && line.price === item.price && isWhole(item.unit),
  )
  if (same && same.quantity + quantity <= MAX_QUANTITY) {
    const more = { quantity: thousandths(same.quantity + quantity) }
    return { basket: changeLine(basket, same.key, more), key: same.key }
  }
  if (basket.lines.length >= MOST_LINES) return null
  const key = 1 + Math.max(0, ...basket.lines.map((line) => line.key))
  const line = { key, goods: item, price: item.price, quantity, wrong: null }
  const lines = [...basket.lines, { ...line, discount: '', markup: '' }]
  return { basket: { ...basket, id: basket.id ?? newId(), lines }, key }
}

export const changeLine = (basket: Basket, key: number, change: Partial<BasketLine>): Basket => ({
  ...basket,
  lines: basket.lines.map((line) => (line.key === key ? { ...line, ...change } : line)),
})

/** Takes a line out; with the last one the sale itself is over. */
export function removeLine(basket: Basket, key: number): Basket {
  const lines = basket.lines.filter((line) => line.key !== key)
  return lines.length === 0 ? emptyBasket : { ...basket, lines }
}

/** «5.50» is a sum, «10%» a share of `base`, half-up to the kopeck; null when it is neither. */
export function adjustment(text: string, base: Kopecks): Kopecks | null {
  if (text.trim() === '') return ZERO
  const percent = /^(.*)%\s*$/.exec(text)
  if (!percent) return parseMoney(text)
  const hundredths = parseMoney(percent[1] ?? '')
  const share = hundredths === null ? null : proportion(base, hundredths, 10_000)
  return share === null || share > MAX_SUM ? null : kopecks(share)
}

export type Priced = {
  lines: Line[]
  discount: Kopecks
  markup: Kopecks
  /** Null while something typed makes no sense; `fault` then says what. */
  totals: Totals | null
  fault: BasketFault | null
}

/** What keeps a receipt from being paid. */
export type BasketFault =
  | { is: 'quantity'; name: string }
  /** D10: a line that comes to nothing, as 1 g of cheap goods does. */
  | { is: 'worthless'; name: string }
  | { is: 'adjustment' }
  | { is: TotalsFault }

export const faultIn = (words: TillWords['sale']['faults'], fault: BasketFault): string =>
  'name' in fault ? words[fault.is](fault.name) : words[fault.is]

/** The basket as a document would have it; while there is a `fault` it must not be paid. */
export function priced(basket: Basket): Priced {
  let unread = false
  const read = (text: string, base: Kopecks) => {
    const sum = adjustment(text, base)
    if (sum === null) unread = true
    return sum ?? ZERO
  }
  const lines = basket.lines.map((line): Line => {
    const cost = lineCost(line.price, line.quantity)
    return {
      name: line.goods.name,
      code: line.goods.code,
      price: line.price,
      quantity: line.quantity,
      discount: read(line.discount, cost),
      markup: read(line.markup, cost),
      vat: line.goods.vat,
    }
  })
  const subtotal = lines.reduce(
    (sum, line) => sum + lineCost(line.price, line.quantity) - line.discount + line.markup,
    0,
  )
  const base = kopecks(Math.min(Math.max(0, subtotal), MAX_SUM))
  const discount = read(basket.discount, base)
  const markup = read(basket.markup, base)
  const counted = totals({ lines, discount, markup })
  const wrong = basket.lines.find((line) => line.wrong !== null)
  const worthless = basket.lines.find(
    ({ price, quantity }) => quantity > 0 && lineCost(price, quantity) === 0,
  )
  const fault: BasketFault | null = wrong
    ? { is: 'quantity', name: wrong.goods.name }
    : worthless
      ? { is: 'worthless', name: worthless.goods.name }
      : unread
        ? { is: 'adjustment' }
        : 'fault' in counted
          ? { is: counted.fault }
          : null
  return { lines, discount, markup, totals: 'fault' in counted ? null : counted, fault }
}

/** Something of the basket is not as the catalogue has it. */
export const isChanged = ({ lines, discount, markup }: Basket): boolean =>
  [discount, markup].some((typed) => typed !== '') ||
  lines.some(
    ({ goods, price, ...line }) =>
      price !== goods.price || [line.discount, line.markup].some((typed) => typed !== ''),
  )

/** The basket in the register's words: each line keeps the price it was rung up with (R27). */
export function receiptOf(basket: Basket) {
  const { lines, discount, markup } = priced(basket)
  return {
    lines: basket.lines.map(({ goods, quantity, price }, place) => ({
      goods: goods.id,
      quantity,
      price,
      discount: lines[place]?.discount ?? ZERO,
      markup: lines[place]?.markup ?? ZERO,
    })),
    discount,
    markup,
    ...(basket.grant !== null && { grant: basket.grant }),
  }
}

/** What the register is asked for. */
export const saleRequest = (basket: Basket & { id: OperationId }, payments: Payment[]) => ({
  ...receiptOf(basket),
  id: basket.id,
  kind: 'sale' as const,
  payments,
})
