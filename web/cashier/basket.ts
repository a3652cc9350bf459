import {
  type BasketLine,
  basketLine,
  type RungGoods,
  type RungReceipt,
  rungReceipt,
} from '#core/api/register-parked.ts'
import type { UnitMark } from '#core/document/mark.ts'
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

/** The sale being rung up. The id is made with the first line. */
export type Basket = Omit<RungReceipt, 'lines'> & {
  id: OperationId | null
  lines: readonly BasketLine[]
  /** Lines that were taken out, the last one last: each can be brought back. */
  removed: readonly BasketLine[]
}

export const emptyBasket: Basket = {
  id: null,
  lines: [],
  discount: '',
  markup: '',
  reason: null,
  grant: null,
  removed: [],
}

/** Lines that can be brought back. */
const MOST_REMOVED = 20

/** Reads a basket that was kept. Null when any part of it is not what this page would keep. */
export function readBasket(value: unknown): Basket | null {
  if (!isRecord(value) || !Array.isArray(value.lines)) return null
  const taken = basketLine.array().max(MOST_REMOVED).safeParse(value.removed)
  const removed = taken.success ? taken.data : []
  if (value.lines.length === 0) return basketOf({ id: null, receipt: emptyBasket, removed })
  const receipt = rungReceipt.safeParse(value)
  const id = typeof value.id === 'string' ? operationId(value.id) : null
  return receipt.success && id !== null ? basketOf({ id, receipt: receipt.data, removed }) : null
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

type Parts = Pick<Basket, 'id' | 'removed'> & { receipt: Omit<Basket, 'id' | 'removed'> }

/** The basket of a receipt that was kept, here or at the register. */
export const basketOf = ({ id, removed, receipt }: Parts): Basket => {
  const { lines, discount, markup, reason, grant } = receipt
  return { id, lines, discount, markup, reason, grant, removed }
}

/** What of a basket is put aside: all but the lines that were taken out. */
export const asReceipt = ({ lines, discount, markup, reason, grant }: Basket): RungReceipt => ({
  lines: [...lines],
  discount,
  markup,
  reason,
  grant,
})

/** More lines than that no document holds. */
const MOST_LINES = 500

type Added = {
  item: RungGoods
  quantity: Thousandths
  /** Of the one marked unit that it is: it joins no line. */
  unit?: { mark: UnitMark; resold: boolean } | undefined
  newId: () => OperationId
}

/**
 * Puts goods in: pieces of the same goods at the same price join their line, weighed never. Null:
 * no more lines go in.
 */
export function addGoods(
  basket: Basket,
  { item, quantity, unit: marked, newId }: Added,
): { basket: Basket; key: number } | null {
  const same = basket.lines.find(
    ({ goods, price, mark }) =>
      !marked &&
      mark === null &&
      item.id !== null &&
      goods.id === item.id &&
      price === item.price &&
      isWhole(item.unit),
  )
  if (same && same.quantity + quantity <= MAX_QUANTITY) {
    const more = { quantity: thousandths(same.quantity + quantity) }
    return { basket: changeLine(basket, same.key, more), key: same.key }
  }
  if (basket.lines.length >= MOST_LINES) return null
  const { id, name, code, price, vat, unit, group } = item
  const goods = { id, name, code, price, vat, unit, group }
  const key = 1 + Math.max(0, ...[...basket.lines, ...basket.removed].map((line) => line.key))
  const { mark, resold } = marked ?? { mark: null, resold: false }
  const typed = { wrong: null, discount: '', markup: '', reason: null }
  const line = Object.assign({ key, goods, price, quantity, mark, resold }, typed)
  return { basket: { ...basket, id: basket.id ?? newId(), lines: [...basket.lines, line] }, key }
}

export const changeLine = (basket: Basket, key: number, change: Partial<BasketLine>): Basket => ({
  ...basket,
  lines: basket.lines.map((line) => (line.key === key ? { ...line, ...change } : line)),
})

/** Takes a line out; with the last one the sale itself is over, and only that line is kept. */
export function removeLine(basket: Basket, key: number): Basket {
  const lines = basket.lines.filter((line) => line.key !== key)
  const taken = basket.lines.filter((line) => line.key === key)
  const removed = [...basket.removed, ...taken].slice(-MOST_REMOVED)
  return lines.length === 0 ? { ...emptyBasket, removed } : { ...basket, lines, removed }
}

/** Puts the line that was taken out last in its place again. */
export function bringLineBack(basket: Basket, newId: () => OperationId): Basket {
  const line = basket.removed.at(-1)
  if (!line) return basket
  const lines = [...basket.lines, line].toSorted((a, b) => a.key - b.key)
  return { ...basket, id: basket.id ?? newId(), lines, removed: basket.removed.slice(0, -1) }
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

/** N10: why there is a discount, where there is one. */
const because = (reason: string | null, discount: Kopecks): { reason?: string } =>
  reason !== null && discount > 0 ? { reason } : {}

/** The basket in the register's words: each line keeps the price it was rung up with (R27). */
export function receiptOf(basket: Basket) {
  const { lines, discount, markup } = priced(basket)
  return {
    lines: basket.lines.map(({ goods, quantity, price, reason, mark, resold }, place) => {
      const { discount = ZERO, markup = ZERO } = lines[place] ?? {}
      const sold = Object.assign({ quantity, price, discount, markup }, because(reason, discount))
      // Of a free price: no goods stand behind it.
      if (goods.id === null) return Object.assign(sold, { name: goods.name, vat: goods.vat })
      const line = Object.assign(sold, { goods: goods.id })
      return mark ? Object.assign(line, { mark }, resold ? { resold: true as const } : {}) : line
    }),
    discount,
    markup,
    ...because(basket.reason, discount),
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
