import { printable } from '../printable.ts'

// Whoever sends a file for support must not have to read it first: whatever somebody typed may hold
// a card's number or an address, so that nothing of it passes as it is.

/** What stands for a number or an address that was taken out. */
export const HIDDEN = '•••'
/** A text that is longer is cut: nobody needs more of it to understand what happened. */
export const LONGEST_TEXT = 300

// Numbers of cards have 12 to 19 digits, whatever stands between these.
const LONG_NUMBER = /\d(?:[ \u00a0.\-\u2010-\u2015/_]{0,2}\d){11,}/gu
// Nearly any sign may stand in an address: all that hangs on an @ goes.
const ADDRESS = /\S*\s?(?:@|%40)\s?\S*/gu

/** The text without card numbers, e-mail addresses, control and direction characters. */
export function redacted(text: string): string {
  const plain = printable(text.slice(0, 4 * LONGEST_TEXT).normalize('NFKC'))
  const bare = plain.replace(ADDRESS, HIDDEN).replace(LONG_NUMBER, HIDDEN)
  return bare.length > LONGEST_TEXT ? `${bare.slice(0, LONGEST_TEXT)}…` : bare
}

/** Names that the system's own identities stand under: digits in these are no card's. */
const identities = new Set([
  'id',
  'of',
  'operation',
  'uid',
  'hash',
  'rrn',
  'device',
  'equipment',
  'serial',
])
const IDENTITY = /^[\w.-]{1,64}$/

/** All of it with each text redacted; identities of ours stay, where they look like any. */
export function withoutSecrets<T>(value: T, name = ''): T {
  if (typeof value === 'string') {
    const isOurs = identities.has(name) && IDENTITY.test(value)
    return (isOurs ? value : redacted(value)) as T
  }
  if (Array.isArray(value)) return value.map((each) => withoutSecrets(each, name)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, withoutSecrets(each, key)]),
  ) as T
}
