import { assert } from '../assert.ts'
import { DAY, type Moment } from '../time.ts'

/** A calendar day in Minsk, «2026-02-28»: days are compared as texts. */
export type Day = string

const NOON = 'T12:00:00Z'
const atNoon = (day: Day): number => Date.parse(`${day}${NOON}`)
const dayAt = (moment: number): Day => new Date(moment).toISOString().slice(0, 10)

/** The first moment of a day in Minsk. */
export const startOfDay = (day: Day): Moment => Date.parse(`${day}T00:00:00+03:00`)

/**
 * The day so many whole months after another; the last of a month that has no such day. Counted
 * from the same day each time, the 31st comes back after February.
 */
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0))
  return dayAt(first.getTime() + (Math.min(date, last.getUTCDate()) - 1) * DAY)
}

export const addDays = (day: Day, days: number): Day => dayAt(atNoon(day) + days * DAY)

/** Whole days from one day to another; below zero where the other was before. */
export function daysBetween(from: Day, to: Day): number {
  const days = (atNoon(to) - atNoon(from)) / DAY
  assert(Number.isInteger(days), `days must be whole between ${from} and ${to}`)
  return days
}

export const laterDay = (a: Day, b: Day): Day => (a > b ? a : b)

/** «28.02.2026», as people read a day. */
export const printedDay = (day: Day): string => day.split('-').reverse().join('.')
