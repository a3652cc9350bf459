import type { GoodsForm } from '#core/api/register-stock.ts'
import { isGtin } from '#core/document/barcode.ts'
import type { Marking } from '#core/document/mark.ts'
import type { TileColour } from '#core/goods/tile.ts'
import { formatMoney } from '#core/money.ts'
import { isWhole, type Unit, units } from '#core/units.ts'
import type { StockWords } from '#core/words/stock/ru.ts'
import type { TillWords } from '#core/words/till/ru.ts'
import { typedSum } from '../typed.ts'

/** The fields as they were typed. */
export type TypedGoods = {
  name: string
  price: string
  codes: string
  group: string
  unit: Unit
  vat: VatName
  favourite: boolean
  marking: Marking
  colour: TileColour | null
  picture: string | null
}

/** Rates as the select of the form names them. */
export const vatNames = ['20', '10', '0', '25', 'none'] as const
export type VatName = (typeof vatNames)[number]

export const ratesOf: Record<VatName, GoodsForm['vat']> = {
  '20': 20,
  '10': 10,
  '0': 0,
  '25': 25,
  none: null,
}

export const newGoods = (code: string): TypedGoods => ({
  name: '',
  price: '',
  codes: code,
  group: '',
  unit: 'piece',
  vat: '20',
  favourite: false,
  marking: 'none',
  colour: null,
  picture: null,
})

export const typedOf = (form: GoodsForm): TypedGoods => {
  const { name, price, codes, group, unit, vat, favourite, marking } = form
  const { colour, picture } = form
  return {
    name,
    price: formatMoney(price),
    codes: codes.join(' '),
    group,
    unit,
    vat: vatNames.find((each) => ratesOf[each] === vat) ?? 'none',
    favourite,
    marking,
    colour,
    picture,
  }
}

export type FormFaults = Partial<Record<'name' | 'price' | 'codes' | 'group', string>>

const MOST_CODES = 20

/** What was typed, or what is wrong with which field. */
export function formOf(
  typed: TypedGoods,
  words: Pick<StockWords, 'missing' | 'tooMany'>,
  sums: TillWords['typed'],
): { form: GoodsForm } | { faults: FormFaults } {
  const faults: FormFaults = {}
  const name = typed.name.trim()
  const group = typed.group.trim()
  const codes = codesIn(typed.codes)
  const price = typedSum(typed.price, sums)
  if (name === '') faults.name = words.missing
  if (group === '') faults.group = words.missing
  if (codes.length > MOST_CODES) faults.codes = words.tooMany
  if (typeof price === 'string') {
    faults.price = typed.price.trim() === '' ? words.missing : price
    return { faults }
  }
  if (Object.keys(faults).length > 0) return { faults }
  const { unit, favourite, marking, colour, picture } = typed
  const vat = ratesOf[typed.vat]
  return { form: { name, group, codes, price, unit, vat, favourite, marking, colour, picture } }
}

export const codesIn = (text: string): string[] => [
  ...new Set(text.split(/[\s,;]+/).filter((code) => code !== '')),
]

/** A code that looks like a barcode and has a wrong check digit: typed by hand, mostly. */
export const doubtfulCode = (text: string): string | undefined =>
  codesIn(text).find((code) => /^(\d{8}|\d{12,14})$/.test(code) && !isGtin(code))

/** With what was scanned behind what stands there. */
export const withCode = (text: string, code: string): string => codesIn(`${text} ${code}`).join(' ')

/** Units that are counted whole come first. */
export const unitsInOrder: readonly Unit[] = units.toSorted(
  (a, b) => Number(isWhole(b)) - Number(isWhole(a)),
)
