import {
  formatMoney,
  formatQuantity,
  type Kopecks,
  MAX_SUM,
  parseMoney,
  parseQuantity,
  type Thousandths,
} from '#core/money.ts'
import { isWhole, type Unit } from '#core/units.ts'
import type { TillWords } from '#core/words/till/ru.ts'

// What a person typed: the number that it means, or why it means none.

type TypedWords = TillWords['typed']

const PIECE = 1000

type Measure = { unit: Unit; min: number; max: number }

/** Pieces are whole, unless all that there is is a part of one. `min` and `max` in thousandths. */
export function typedQuantity(
  text: string,
  { unit, min, max }: Measure,
  words: TypedWords,
): Thousandths | string {
  const fault = faultOf(text, {
    decimals: 3,
    none:
      text.trim() === '' ? words.quantityMissing : words.numberLike(isWhole(unit) ? '2' : '0.342'),
    negative: min > 0 ? words.aboveZero : words.notBelowZero,
    fine: isWhole(unit) ? words.wholePieces : words.threeDecimals,
  })
  if (fault !== null) return fault
  const read = parseQuantity(text)
  if (read === null || read > max) return words.atMost(shownQuantity(max))
  if (isWhole(unit) && read % PIECE !== 0 && read !== max) return words.wholePieces
  return read < min ? words.aboveZero : read
}

// No drawer of a shop holds so much; nearly any barcode taken for a sum is more.
const UNUSUAL_SUM = 10_000_000

/** A sum in cash that a person is asked about once more: from 100 000.00 on. */
export const isUnusual = (sum: Kopecks): boolean => sum >= UNUSUAL_SUM

export function typedSum(text: string, words: TypedWords): Kopecks | string {
  const fault = faultOf(text, {
    decimals: 2,
    none: words.sumLike,
    negative: words.aboveZero,
    fine: words.twoDecimals,
  })
  if (fault !== null) return fault
  const read = parseMoney(text)
  if (read === null) return words.atMost(formatMoney(MAX_SUM))
  return read === 0 ? words.aboveZero : read
}

/** «2», «0.5»: without the noughts that say nothing. */
export const shownQuantity = (quantity: number): string =>
  quantity % PIECE === 0 ? String(quantity / PIECE) : formatQuantity(quantity).replace(/0+$/, '')

type Bounds = { decimals: number; none: string; negative: string; fine: string }

/** Null: a number that its bounds have still to judge. */
function faultOf(text: string, { decimals, none, negative, fine }: Bounds): string | null {
  const read = /^(-?)(\d*)(?:[.,](\d*))?$/.exec(text.replace(/\s/g, ''))
  const [, minus = '', whole = '', fraction = ''] = read ?? []
  if (whole === '' && fraction === '') return none
  if (minus !== '') return negative
  return fraction.length > decimals ? fine : null
}
