/** A moment in milliseconds since 1970, UTC. */
export type Moment = number

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

// Belarus keeps UTC+3 the whole year.
const MINSK = 3 * HOUR

/** The last moment whose year has four digits in Minsk, as every form of a date here has. */
export const LAST_MOMENT: Moment = Date.UTC(10_000, 0) - MINSK - 1

/** «2025-07-01T10:15:42+03:00», Minsk time, to the second. */
export function isoMinsk(at: number): string {
  return `${new Date(at + MINSK).toISOString().slice(0, 19)}+03:00`
}

/** «01.07.2025 10:15:42», Minsk time, as printed on a receipt. */
export function printedMoment(at: number): string {
  const [date = '', time = ''] = new Date(at + MINSK).toISOString().slice(0, 19).split('T')
  const [year, month, day] = date.split('-')
  return `${day}.${month}.${year} ${time}`
}

/** «2025-07-01», the Minsk calendar day of a moment. */
export const minskDay = (at: number): string => isoMinsk(at).slice(0, 10)

/** Hours of Minsk time since 1970; its day is the 24th part of it. */
export const minskHour = (at: Moment): number => Math.floor((at + MINSK) / HOUR)

/** When an hour of `minskHour` begins. */
export const minskHourAt = (hour: number): Moment => hour * HOUR - MINSK

/** «2025-07-01» as days since 1970; null: there is no such day. */
export function dayNumber(day: string): number | null {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  // Some engines roll 31.02 over into March.
  return Number.isNaN(at) || dayOf(at / DAY) !== day ? null : at / DAY
}

/** «2025-07-01» of days since 1970. */
export const dayOf = (number: number): string => new Date(number * DAY).toISOString().slice(0, 10)

/**
 * Reads “HH:MM[:SS]” as milliseconds from midnight: a minute when the seconds are not typed, one
 * second when they are. Null when it is no time of day.
 */
export function parseTypedTime(text: string): { from: number; until: number } | null {
  const match = /^\s*([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?\s*$/.exec(text)
  if (!match) return null
  const [hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0))
  const from = (hour ?? 0) * HOUR + (minute ?? 0) * MINUTE + (second ?? 0) * SECOND
  return { from, until: from + (match[3] ? SECOND : MINUTE) }
}

/**
 * Reads “DD.MM.YYYY HH:MM[:SS]” as Minsk time (R10). Returns the moments it may mean: a minute when
 * the seconds are not typed, one second when they are. Null when it is no date.
 */
export function parseTypedMoment(text: string): { from: Moment; until: Moment } | null {
  const match = /^\s*(\d{2})\.(\d{2})\.(\d{4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*$/.exec(text)
  if (!match) return null
  const [day, month, year, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0))
  const from = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second) - MINSK
  // Date.UTC rolls 31.02 over into March: what does not print back was not a date.
  if (!printedMoment(from).startsWith(`${match[1]}.${match[2]}.${match[3]}`)) return null
  if ((hour ?? 0) > 23 || (minute ?? 0) > 59 || (second ?? 0) > 59) return null
  return { from, until: from + (match[6] ? SECOND : MINUTE) }
}
