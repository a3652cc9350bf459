import { assert } from './assert.ts'

/** Money in kopecks, a safe integer, possibly negative (a posting, a discrepancy). */
export type Kopecks = number & { readonly unit: 'kopecks' }
/** Quantity in thousandths (1.000 piece, 0.001 kg), a safe integer. */
export type Thousandths = number & { readonly unit: 'thousandths' }

/** The largest sum of a document: 99 999 999 999.99 roubles (SmartX codes 403 and 414). */
export const MAX_SUM = 9_999_999_999_999 as Kopecks
/** The largest quantity of a line: 9999.999 (SmartX code 416). */
export const MAX_QUANTITY = 9_999_999 as Thousandths
/**
 * The largest figure that documents add up to in a shift's counters or in a device's turnover: a
 * hundred of the largest sums, far below where whole numbers end.
 */
export const MAX_TALLY = 999_999_999_999_999 as Kopecks
export const ZERO = 0 as Kopecks

/** Makes money of a whole number of kopecks; anything else is a programmer's error. */
export function kopecks(value: number): Kopecks {
  assert(Number.isSafeInteger(value), `money must be whole kopecks, got ${value}`)
  return (value === 0 ? 0 : value) as Kopecks
}

export function thousandths(value: number): Thousandths {
  assert(Number.isSafeInteger(value), `quantity must be whole thousandths, got ${value}`)
  return value as Thousandths
}

export const add = (...sums: Kopecks[]): Kopecks => kopecks(sums.reduce((a, b) => a + b, 0))
export const subtract = (a: Kopecks, b: Kopecks): Kopecks => kopecks(a - b)
export const negate = (a: Kopecks): Kopecks => kopecks(-a)

/** a × b / divisor, rounded half-up; exact for any safe integers a, b ≥ 0 and divisor > 0. */
export function proportion(a: number, b: number, divisor: number): number {
  assert(a >= 0 && b >= 0 && divisor > 0, 'proportion takes no negative numbers')
  const product = a * b
  // The quick way is exact while the doubled product is a safe integer.
  if (product <= Number.MAX_SAFE_INTEGER / 4)
    return Math.floor((2 * product + divisor) / (2 * divisor))
  const exact = (2n * BigInt(a) * BigInt(b) + BigInt(divisor)) / (2n * BigInt(divisor))
  return Number(exact)
}

/** «1234.56»: two decimals, a dot, as the field's devices and papers write it. */
export function formatMoney(sum: number): string {
  const whole = Math.abs(sum)
  return `${sum < 0 ? '-' : ''}${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, '0')}`
}

/** «0.342»: three decimals. */
export function formatQuantity(quantity: number): string {
  return `${Math.floor(quantity / 1000)}.${String(quantity % 1000).padStart(3, '0')}`
}

/** Reads what a person typed: «5», «5.5», «5,50». Null when it is not a sum of 0 … MAX_SUM. */
export function parseMoney(text: string): Kopecks | null {
  const value = parseDecimal(text, 2)
  return value === null || value > MAX_SUM ? null : kopecks(value)
}

/** Reads a balance as a device writes it, below zero or above MAX_SUM too; null when it is none. */
export function parseBalance(text: string): Kopecks | null {
  const value = parseDecimal(text.replace(/^-/, ''), 2)
  if (value === null) return null
  return kopecks(text.startsWith('-') ? -value : value)
}

/** Reads a typed quantity: «2», «0,342». Null when it is not 0 … MAX_QUANTITY. */
export function parseQuantity(text: string): Thousandths | null {
  const value = parseDecimal(text, 3)
  return value === null || value > MAX_QUANTITY ? null : thousandths(value)
}

function parseDecimal(text: string, decimals: number): number | null {
  const match = /^(\d{0,12})(?:[.,](\d*))?$/.exec(text.replace(/[\s\u00a0]/g, ''))
  if (!match) return null
  const [, whole = '', fraction = ''] = match
  if ((whole === '' && fraction === '') || fraction.length > decimals) return null
  return Number(whole || '0') * 10 ** decimals + Number(fraction.padEnd(decimals, '0') || '0')
}
