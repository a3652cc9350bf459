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

/**
 * Reads «ЧЧ:ММ[:СС]» as milliseconds from midnight: a minute when the seconds are not typed, one
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
 * Reads «ДД.ММ.ГГГГ ЧЧ:ММ[:СС]» as Minsk time (R10). Returns the moments it may mean: a minute when
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
