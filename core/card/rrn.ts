import { NO_RRN } from '../iso8583/fields.ts'
import { DAY, type Moment } from '../time.ts'

/** The bank's reference to an approved operation, twelve digits. */
export type Rrn = string & { readonly of: 'rrn' }

/** Null when the text names no operation: «000000000000» is «no reference». */
export const rrn = (text: string): Rrn | null =>
  /^\d{12}$/.test(text) && text !== NO_RRN ? (text as Rrn) : null

/** Y DDD HH NNNNNN: last digit of the year, day of the year, hour, all UTC, and a serial. */
export function rrnOf(at: Moment, serial: number): Rrn {
  const iso = new Date(at).toISOString()
  const day = Math.floor((at - Date.UTC(Number(iso.slice(0, 4)), 0)) / DAY) + 1
  const place = String(day).padStart(3, '0') + iso.slice(11, 13)
  return (iso.slice(3, 4) + place + String(serial).padStart(6, '0')) as Rrn
}
