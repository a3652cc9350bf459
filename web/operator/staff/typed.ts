/** The moment of a field of day and time, which is Minsk time; null: nothing whole is typed. */
export function momentIn(text: string): number | null {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) ? Date.parse(`${text}:00+03:00`) : Number.NaN
  return Number.isNaN(at) ? null : at
}
