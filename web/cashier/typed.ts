import type { Unit } from '#core/api/register.ts'
import {
  formatMoney,
  formatQuantity,
  type Kopecks,
  MAX_SUM,
  parseMoney,
  parseQuantity,
  type Thousandths,
} from '#core/money.ts'

// What a person typed: the number that it means, or why it means none.

const PIECE = 1000

type Measure = { unit: Unit; min: number; max: number }

/** Pieces are whole, unless all that there is is a part of one. `min` and `max` in thousandths. */
export function typedQuantity(text: string, { unit, min, max }: Measure): Thousandths | string {
  const fault = faultOf(text, {
    decimals: 3,
    none: text.trim() === '' ? 'Укажите количество' : `Число, например ${example[unit]}`,
    negative: min > 0 ? 'Больше нуля' : 'Не меньше нуля',
    fine: unit === 'piece' ? WHOLE : 'До трёх знаков после точки',
  })
  if (fault !== null) return fault
  const read = parseQuantity(text)
  if (read === null || read > max) return `Не больше ${shownQuantity(max)}`
  if (unit === 'piece' && read % PIECE !== 0 && read !== max) return WHOLE
  return read < min ? 'Больше нуля' : read
}

const WHOLE = 'Целое число штук'
const example = { piece: '2', kg: '0.342' } as const

// No drawer of a shop holds so much; nearly any barcode taken for a sum is more.
const UNUSUAL_SUM = 10_000_000

/** A sum in cash that a person is asked about once more: from 100 000.00 on. */
export const isUnusual = (sum: Kopecks): boolean => sum >= UNUSUAL_SUM

export function typedSum(text: string): Kopecks | string {
  const fault = faultOf(text, {
    decimals: 2,
    none: 'Сумма в рублях, например 20 или 20.50',
    negative: 'Больше нуля',
    fine: 'До двух знаков после точки',
  })
  if (fault !== null) return fault
  const read = parseMoney(text)
  if (read === null) return `Не больше ${formatMoney(MAX_SUM)}`
  return read === 0 ? 'Больше нуля' : read
}

/** «2», «0.5»: without the noughts that say nothing. */
export const shownQuantity = (quantity: number): string =>
  quantity % PIECE === 0 ? String(quantity / PIECE) : formatQuantity(quantity).replace(/0+$/, '')

type Words = { decimals: number; none: string; negative: string; fine: string }

/** Null: a number that its bounds have still to judge. */
function faultOf(text: string, { decimals, none, negative, fine }: Words): string | null {
  const read = /^(-?)(\d*)(?:[.,](\d*))?$/.exec(text.replace(/\s/g, ''))
  const [, minus = '', whole = '', fraction = ''] = read ?? []
  if (whole === '' && fraction === '') return none
  if (minus !== '') return negative
  return fraction.length > decimals ? fine : null
}
