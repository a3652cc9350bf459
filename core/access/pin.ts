import { DAY } from '../time.ts'

/** Why a PIN is easily guessed, or none at all. */
export const pinFaults = ['pin-digits', 'pin-repeats', 'pin-sequence', 'pin-date'] as const
export type PinFault = (typeof pinFaults)[number]

/** Digits of a PIN. */
export const PIN_LENGTH = { least: 4, most: 16 } as const

/**
 * Why nobody may take this PIN (K3); null: it may be taken. What others try first: one or two
 * digits over and over, a part repeated, equal steps round the dial, dates.
 */
export function pinFault(pin: string): PinFault | null {
  const { least, most } = PIN_LENGTH
  if (!/^\d+$/.test(pin) || pin.length < least || pin.length > most) return 'pin-digits'
  const digits = [...pin].map(Number)
  // A sequence of two digits is a repeat, and 0000 a sequence without steps.
  if (new Set(digits).size < 3 || /^(\d+)\1+$/.test(pin)) return 'pin-repeats'
  if (isEven(digits) || straight.has(pin)) return 'pin-sequence'
  return isDate(pin) ? 'pin-date' : null
}

/** Every step is the same, over the end of the digits too: 1234, 8642, 7890. */
function isEven(digits: readonly number[]): boolean {
  const steps = digits.slice(1).map((digit, place) => (10 + digit - (digits[place] ?? 0)) % 10)
  return new Set(steps).size === 1
}

/** The middle column of a pad. */
const straight = new Set(['2580', '0852'])

type Parts = { day: number; month: number; year: number }

/** Ways to write a date or a part of one, with the length of each. */
const writings: readonly RegExp[] = [
  /^(?<year>(?:19|20)\d\d)$/,
  /^(?<day>\d\d)(?<month>\d\d)$/,
  /^(?<month>\d\d)(?<year>(?:19|20)\d\d)$/,
  /^(?<day>\d\d)(?<month>\d\d)(?<year>\d\d)$/,
  /^(?<year>\d\d)(?<month>\d\d)(?<day>\d\d)$/,
  /^(?<day>\d\d)(?<month>\d\d)(?<year>(?:19|20)\d\d)$/,
  /^(?<year>(?:19|20)\d\d)(?<month>\d\d)(?<day>\d\d)$/,
]

const isDate = (pin: string): boolean =>
  writings.some((writing) => {
    const groups = writing.exec(pin)?.groups
    if (!groups) return false
    const { day = 1, month = 1, year = LEAP } = groups
    return isDay({ day: Number(day), month: Number(month), year: Number(year) })
  })

/** A year that has every day. */
const LEAP = 2000

function isDay({ day, month, year }: Parts): boolean {
  if (month < 1 || month > 12 || day < 1) return false
  // Of two digits it may be of either century.
  const of = year < 100 ? LEAP + year : year
  return day <= (Date.UTC(of, month, 1) - Date.UTC(of, month - 1, 1)) / DAY
}
