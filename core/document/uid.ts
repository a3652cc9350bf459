import { asLatinKeys } from '../keyboard.ts'

/** 12 bytes as 24 upper-case hex digits; the last 4 are the register number, big-endian (R23). */
export type Uid = string & { readonly of: 'document' }

// A cashier retyping from a screen may have the Cyrillic keyboard on: these look the same.
const LOOKALIKES: Record<string, string> = {
  '\u0410': 'A',
  '\u0412': 'B',
  '\u0421': 'C',
  '\u0415': 'E',
}

/** Any case, spaces, dashes and Cyrillic look-alikes are forgiven (R10); null when it is no uid. */
export function parseUid(text: string): Uid | null {
  const start = parseUidStart(text)
  return start?.length === 24 ? (start as Uid) : null
}

/**
 * The uids that a scanner may mean: with the prefix that says what it has read, and typed under
 * whatever keyboard is on, whose letters may look like digits of another uid (H3).
 */
export function uidsMeant(code: string): Uid[] {
  const texts = [code, asLatinKeys(code)].map((text) => text.replace(/^\p{C}*\][A-Za-z]\d/u, ''))
  return [...new Set(texts.flatMap((text) => parseUid(text) ?? []))]
}

/** The first digits of a uid, all 24 at most, forgiven the same; null when no uid starts so. */
export function parseUidStart(text: string): string | null {
  const folded = text
    .toUpperCase()
    .replace(/[\s-]/g, '')
    .replace(/[\u0410\u0412\u0421\u0415]/g, (letter) => LOOKALIKES[letter] ?? letter)
  return /^[0-9A-F]{1,24}$/.test(folded) ? folded : null
}

/** A uid from the first 16 hex digits of a document's hash: whoever holds the bytes can check. */
export function uidOf(hash: string, registerNumber: number): Uid {
  return `${hash.slice(0, 16)}${registerNumber.toString(16).padStart(8, '0')}`.toUpperCase() as Uid
}

/** Number of the register that made the document. */
export const registerNumberIn = (uid: Uid): number => Number.parseInt(uid.slice(16), 16)

/** A register number is nine digits, the first from 1 to 7 (fact:register-number). */
export const isRegisterNumber = (value: number): boolean =>
  Number.isInteger(value) && value >= 100_000_000 && value <= 799_999_999
