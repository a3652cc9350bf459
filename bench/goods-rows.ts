import { CONSUMER_GOODS } from '#core/demo/shop.ts'

// The goods of `npm run bench -- goods`, each known by its number.

const at = process.argv.indexOf('--rows')
export const ROWS = at < 0 ? 100_000 : Number(process.argv[at + 1])

export const nameOf = (n: number): string => `${CONSUMER_GOODS} ${n}`

/** EAN-13 of the country's own prefix, by its number. */
export function codeOf(n: number): string {
  const twelve = `481${String(n).padStart(9, '0')}`
  const sum = [...twelve].reduce((all, digit, i) => all + Number(digit) * (i % 2 === 0 ? 1 : 3), 0)
  return `${twelve}${(10 - (sum % 10)) % 10}`
}
