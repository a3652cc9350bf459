import { gtinCheckDigit, isGtin } from '../document/barcode.ts'
import type { VatRate } from '../document/kinds.ts'
import { type Marking, markings } from '../document/mark.ts'
import { type Kopecks, kopecks, MAX_SUM } from '../money.ts'
import { isPrintable } from '../printable.ts'
import { type Unit, units } from '../units.ts'
import {
  colourNames,
  currencyNames,
  markingNames,
  monthStarts,
  noNames,
  noVatNames,
  unitNames,
  yesNames,
} from '../words/goods-file.ts'
import type { FileColumn, FileColumns } from './file-columns.ts'
import { type TileColour, tileColours } from './tile.ts'

/**
 * A cell as a file tells it. A formula is what it came to last; `error`: it came to nothing, or the
 * file does not say what to. A date is a day that a spreadsheet has in place of a number.
 */
export type FileCell =
  | { is: 'text'; text: string }
  | { is: 'number'; value: number }
  | { is: 'date'; text: string }
  | { is: 'error'; text: string }
  | null

/** `line`: as a person sees it in the file, from 1; `merged`: places that are no cells of it. */
export type FileRow = {
  line: number
  cells: readonly FileCell[]
  merged: (place: number) => boolean
}

export const rowFaults = [
  'missing',
  'merged',
  'formula',
  'encoding',
  'unprintable',
  'too-long',
  'too-many-codes',
  'code',
  'code-rounded',
  'code-date',
  'price',
  'price-date',
  'price-fraction',
  'price-range',
  'unit',
  'vat',
  'favourite',
  'marking',
  'colour',
  'id',
  // against the file itself and the catalogue
  'twice',
  'code-taken',
  'codes-of-two',
  'ambiguous',
  'retired',
  'other-goods',
] as const
export type RowFaultName = (typeof rowFaults)[number]
/** `said`: what stands there; `name`: of the goods, `line`: of the row that stand in its way. */
export type RowFault = {
  field: FileColumn
  fault: RowFaultName
  said?: string
  name?: string
  line?: number
}

/** What a row says of goods; undefined: it does not say. */
export type GoodsDraft = {
  id: number | undefined
  name: string | undefined
  codes: string[]
  price: Kopecks | undefined
  group: string | undefined
  unit: Unit | undefined
  vat: VatRate | undefined
  favourite: boolean | undefined
  marking: Marking | undefined
  /** Null: none. */
  colour: TileColour | null | undefined
}

type Read<T> = { value: T } | { fault: RowFaultName }
const value = <T>(read: T): Read<T> => ({ value: read })
const fault = (name: RowFaultName): { fault: RowFaultName } => ({ fault: name })

const LONGEST_NAME = 128
const LONGEST_GROUP = 64
const LONGEST_CODE = 64
const MOST_CODES = 20
/** More says nothing of goods, and is not looked into. */
const LONGEST_CELL = 2000
/** What is shown of a cell that is not understood. */
const LONGEST_SAID = 80

/** Reads a row by its columns: what it says, or all that is wrong with it. Guesses nothing. */
export function readRow(
  row: FileRow,
  columns: FileColumns,
): { draft: GoodsDraft } | { faults: RowFault[] } {
  const faults: RowFault[] = []
  const read = <T>(field: FileColumn, reading: (cell: Filled) => Read<T>): T | undefined => {
    const place = columns[field]
    if (place === undefined) return undefined
    const cell = row.cells[place] ?? null
    const got = row.merged(place) ? fault('merged') : readCell(cell, reading)
    if (got === null) {
      // An empty name or price is no name and no price; the rest is as if the file did not tell it.
      if (field === 'name' || field === 'price') faults.push({ field, fault: 'missing' })
      return undefined
    }
    if ('value' in got) return got.value
    faults.push({ field, fault: got.fault, said: saidIn(cell) })
    return undefined
  }
  const draft: GoodsDraft = {
    id: read('id', readId),
    name: read('name', (cell) => readText(cell, LONGEST_NAME)),
    codes: read('codes', readCodes) ?? [],
    price: read('price', readPrice),
    group: read('group', (cell) => readText(cell, LONGEST_GROUP)),
    unit: read('unit', readUnit),
    vat: read('vat', readVat),
    favourite: read('favourite', readFavourite),
    marking: read('marking', readMarking),
    colour: read('colour', readColour),
  }
  return faults.length > 0 ? { faults } : { draft }
}

type Filled = Exclude<FileCell, null | { is: 'error' }>

/** Null: nothing stands there. */
function readCell<T>(cell: FileCell, reading: (cell: Filled) => Read<T>): Read<T> | null {
  if (cell === null) return null
  if (cell.is === 'error') return fault('formula')
  if (cell.is === 'text') {
    const text = unescaped(cell.text).trim()
    if (text === '') return null
    if (text.length > LONGEST_CELL) return fault('too-long')
    if (text.includes('\ufffd')) return fault('encoding')
    if (/\p{Cs}/u.test(text)) return fault('unprintable')
    return reading({ is: 'text', text })
  }
  return reading(cell)
}

/** The mark that our own files put before what a spreadsheet would reckon with. */
const unescaped = (text: string): string => (/^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text)

/** Whether a row says anything. */
export const isEmptyRow = (row: FileRow): boolean =>
  row.cells.every((cell) => cell === null || (cell.is === 'text' && cell.text.trim() === ''))

/** What stands in a cell, as it may be shown. */
export function saidIn(cell: FileCell): string {
  if (cell === null) return ''
  const text = cell.is === 'number' ? String(cell.value) : cell.text
  const shown = [...text.trim()].map((sign) => (isPrintable(sign) ? sign : '\ufffd')).join('')
  return shown.length > LONGEST_SAID ? `${[...shown].slice(0, LONGEST_SAID).join('')}…` : shown
}

function readText(cell: Filled, longest: number): Read<string> {
  const text = cell.is === 'number' ? String(cell.value) : cell.text
  if (!isPrintable(text)) return fault('unprintable')
  return text.length > longest ? fault('too-long') : value(text)
}

function readId(cell: Filled): Read<number> {
  const text = cell.is === 'number' ? String(cell.value) : cell.text
  return /^[1-9]\d{0,9}$/.test(text) && cell.is !== 'date' ? value(Number(text)) : fault('id')
}

function readCodes(cell: Filled): Read<string[]> {
  switch (cell.is) {
    case 'date':
      return fault('code-date')
    case 'number': {
      const code = codeOfNumber(cell.value)
      return typeof code === 'string' ? value([code]) : code
    }
    case 'text':
      return codesOfText(cell.text)
    default:
      return cell satisfies never
  }
}

const LONGEST_GTIN = 14
/** EAN-13 that has lost all its zeros but a few is no longer told from a shop's own code. */
const SHORTEST_LOST = 9
/** A barcode of which a spreadsheet kept six digits or fewer, as it shows such a number. */
const ROUNDED = /^[1-9]\d{4,6}0{7}$/
/** `4,81E+12`: what a spreadsheet has left of a barcode in a CSV. */
const POWER = /^\d([.,]\d+e\+?|e\+)\d{1,3}$/i

/** It looks like what a spreadsheet leaves of a code: it is one only where it is known already. */
export const isDoubtfulCode = (code: string): boolean =>
  POWER.test(code) || (ROUNDED.test(code) && !isGtin(code))

/**
 * A code that a spreadsheet keeps as a number has lost the zeros before it. The check digit stays
 * what it was, so it proves that they were there.
 */
function codeOfNumber(number: number): string | { fault: RowFaultName } {
  if (number > Number.MAX_SAFE_INTEGER) return fault('code-rounded')
  if (!Number.isSafeInteger(number) || number < 0) return fault('code')
  const digits = String(number)
  if (digits.length > LONGEST_GTIN) return digits
  if (gtinCheckDigit(digits.slice(0, -1)) !== Number(digits.at(-1))) return digits
  if (digits.length === 7) return digits.padStart(8, '0')
  return digits.length >= SHORTEST_LOST ? digits.padStart(13, '0') : digits
}

function codesOfText(text: string): Read<string[]> {
  const [, whole] = /^(\d+)[.,]0{1,3}$/.exec(text) ?? []
  const codes = whole === undefined ? text.split(/\s+/).flatMap(apart) : [whole]
  if (codes.length > MOST_CODES) return fault('too-many-codes')
  const isCode = (code: string) => code.length <= LONGEST_CODE && /^[\x21-\x7e]+$/.test(code)
  return codes.every(isCode) ? value([...new Set(codes)]) : fault('code')
}

/** Numbers between commas are several codes; a shop's own code may have any sign in it. */
const apart = (code: string): string[] =>
  /^\d{4,}([,;|]\d{4,})*[,;|]?$/.test(code)
    ? code.split(/[,;|]/).filter((each) => each !== '')
    : [code]

/** Of a kopeck: what a binary fraction is off by at most. A tenth of one is no sum. */
const BINARY_ERROR = 0.01

function readPrice(cell: Filled): Read<Kopecks> {
  switch (cell.is) {
    case 'date':
      return fault('price-date')
    case 'number': {
      const sum = Math.round(cell.value * 100)
      if (!(Math.abs(cell.value * 100 - sum) < BINARY_ERROR)) return fault('price-fraction')
      return inRange(sum)
    }
    case 'text':
      return priceOfText(cell.text)
    default:
      return cell satisfies never
  }
}

const inRange = (sum: number): Read<Kopecks> =>
  sum >= 1 && sum <= MAX_SUM ? value(kopecks(sum)) : fault('price-range')

function priceOfText(text: string): Read<Kopecks> {
  const bare = withoutCurrency(text.toLowerCase())
  const [, whole, fraction = ''] =
    /^(\d{1,3}(?:[\s\u00a0\u202f'\u2019]\d{3})+|\d{1,12})(?:[.,](\d+))?$/.exec(bare) ?? []
  if (whole === undefined) {
    const isDay = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/.test(bare) || namesMonth(bare)
    if (isDay) return fault('price-date')
    return fault(/^-\s?\d+([.,]\d+)?$/.test(bare) ? 'price-range' : 'price')
  }
  if (fraction.length > 2) return fault('price-fraction')
  return inRange(Number(whole.replace(/\D/g, '')) * 100 + Number(fraction.padEnd(2, '0')))
}

function withoutCurrency(text: string): string {
  const [, sum, rest = ''] = /^([\d\s.,'\u00a0\u202f\u2019]*\d)\s*(\D*)$/.exec(text) ?? []
  return sum !== undefined && currencyNames.includes(bareName(rest)) ? sum.trim() : text
}

const namesMonth = (text: string): boolean =>
  /\d/.test(text) && monthStarts.some((start) => new RegExp(`(^|\\d[. -])${start}`).test(text))

/** Case and marks do not count in a name of a unit or a rate. */
const bareName = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[.\s]+/g, ' ')
    .trim()

function readUnit(cell: Filled): Read<Unit> {
  if (cell.is !== 'text') return fault('unit')
  const name = bareName(cell.text)
  const found = units.find((unit) => unitNames[unit].includes(name))
  return found ? value(found) : fault('unit')
}

const rates = [0, 10, 20, 25] as const

function readVat(cell: Filled): Read<VatRate> {
  if (cell.is === 'date') return fault('vat')
  if (cell.is === 'text' && noVatNames.includes(bareName(cell.text))) return value(null)
  const [, digits] = cell.is === 'text' ? (/^(\d{1,2})(?:[.,]0+)?\s*%?$/.exec(cell.text) ?? []) : []
  const asked = cell.is === 'number' ? cell.value : digits === undefined ? null : Number(digits)
  // «20 %» of a spreadsheet is 0.2.
  const rate = rates.find((each) => each === asked || (each > 0 && each / 100 === asked))
  return rate === undefined ? fault('vat') : value(rate)
}

function readFavourite(cell: Filled): Read<boolean> {
  const name = bareName(cell.is === 'number' ? String(cell.value) : cell.text)
  if (yesNames.includes(name)) return value(true)
  return noNames.includes(name) ? value(false) : fault('favourite')
}

function readMarking(cell: Filled): Read<Marking> {
  if (cell.is !== 'text') return fault('marking')
  const name = bareName(cell.text).replace(/[^\p{L}]+/gu, ' ')
  const found = markings.find((each) => markingNames[each].includes(name))
  return found ? value(found) : fault('marking')
}

function readColour(cell: Filled): Read<TileColour | null> {
  if (cell.is !== 'text') return fault('colour')
  const name = bareName(cell.text).replaceAll('\u0451', '\u0435')
  if (noNames.includes(name)) return value(null)
  const found = tileColours.find((each) => colourNames[each].includes(name))
  return found ? value(found) : fault('colour')
}

/** What a file shows of itself before its columns are known. */
export const headTexts = (cells: readonly FileCell[]): string[] =>
  cells.map((cell) => saidIn(cell)).slice(0, MOST_COLUMNS)

/** FileColumns of a file that are looked at. */
export const MOST_COLUMNS = 64
