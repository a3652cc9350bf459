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

/** A code without what a keyboard or a scanner may have put in it: spaces, control characters. */
const bareCode = (code: string): string => code.normalize('NFKC').replace(/[\s\p{C}]/gu, '')

const LONGEST_GTIN = 14

/**
 * What stands in a catalogue where this code was typed or scanned, the likeliest first: without
 * what is no part of a code, and with fewer or more leading zeros (UPC-A in an EAN-13, GTIN-14).
 */
export function codesMeant(code: string): string[] {
  const bare = bareCode(code)
  if (!/^\d+$/.test(bare)) return [...new Set([code, bare])]
  const digits = bare.replace(/^0+/, '')
  const padded = Array.from({ length: Math.max(0, LONGEST_GTIN - digits.length) + 1 }, (_, zeros) =>
    digits.padStart(digits.length + zeros, '0'),
  )
  return [...new Set([code, bare, ...padded])]
}

/** Equal for codes that mean the same goods: see `codesMeant`. */
export function codeKey(code: string): string {
  const bare = bareCode(code)
  return /^\d+$/.test(bare) ? bare.replace(/^0+(?=\d)/, '') : bare
}
