import { asLatinKeys } from '../keyboard.ts'

/** The check digit of EAN-8, EAN-13, UPC-A and GTIN-14 is right. */
export function isGtin(code: string): boolean {
  if (!/^(\d{8}|\d{12,14})$/.test(code)) return false
  return gtinCheckDigit(code.slice(0, -1)) === Number(code.at(-1))
}

/** Modulo 10 with weights 3 and 1 from the right (GS1 General Specifications, 7.9). */
export function gtinCheckDigit(body: string): number {
  const sum = [...body]
    .reverse()
    .reduce((a, digit, i) => a + Number(digit) * (i % 2 === 0 ? 3 : 1), 0)
  return (10 - (sum % 10)) % 10
}

/**
 * A scale's label: EAN-13 «2P CCCCC WWWWW K», where P is 0…9, CCCCC the goods' own code and WWWWW
 * the weight in grams. Null when the code is no such label.
 */
export function weightLabel(scanned: string): { ownCode: string; grams: number } | null {
  const code = bareCode(scanned)
  if (!/^2[0-9]\d{11}$/.test(code) || !isGtin(code)) return null
  return { ownCode: code.slice(2, 7), grams: Number(code.slice(7, 12)) }
}

/**
 * A code without what is none of it: the prefix by which a scanner names the symbology (AIM,
 * ISO/IEC 15424), spaces, control characters; typed with whatever keyboard was on.
 */
const bareCode = (code: string): string =>
  asLatinKeys(code.normalize('NFKC'))
    .replace(/^\p{C}*\][A-Za-z]\d/u, '')
    .replace(/[\s\p{C}]/gu, '')

const LONGEST_GTIN = 14

/**
 * What stands in a catalogue where this code was typed or scanned, the likeliest first: without
 * what is no part of a code, and with fewer or more leading zeros (UPC-A in an EAN-13, GTIN-14). Of
 * a GS1 message (DataMatrix, GS1-128, a Digital Link) it is the goods that it names.
 */
export function codesMeant(code: string): string[] {
  const bare = bareCode(code)
  const gtin = gtinIn(bare)
  const digits = /^\d+$/.test(bare) ? paddings(bare) : []
  return [...new Set([code, bare, ...digits, ...(gtin === null ? [] : paddings(gtin))])]
}

/** The same number with fewer and with more leading zeros. */
function paddings(code: string): string[] {
  const digits = code.replace(/^0+/, '')
  const most = Math.max(0, LONGEST_GTIN - digits.length)
  return Array.from({ length: most + 1 }, (_, zeros) => digits.padStart(digits.length + zeros, '0'))
}

/**
 * The GTIN of a GS1 message, its separators gone: application identifier 01 or 02, or the address
 * of a Digital Link. Null when the code is no such message.
 */
function gtinIn(bare: string): string | null {
  const said = /^\(?0[12]\)?(\d{14})./.exec(bare) ?? /^https?:\/\/.*\/01\/(\d{8,14})/i.exec(bare)
  const gtin = said?.[1]
  return gtin !== undefined && isGtin(gtin) ? gtin : null
}

/** Equal for codes that mean the same goods: see `codesMeant`. */
export function codeKey(code: string): string {
  const bare = bareCode(code)
  return /^\d+$/.test(bare) ? bare.replace(/^0+(?=\d)/, '') : bare
}
