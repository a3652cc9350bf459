import { DAY, HOUR, MINUTE } from '#core/time.ts'

/** How long, in the one unit that matters: «5 мин», «3 ч», «2 сут». */
export function age(ms: number): string {
  if (ms < MINUTE) return 'меньше минуты'
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} мин`
  if (ms < 2 * DAY) return `${Math.floor(ms / HOUR)} ч`
  return `${Math.floor(ms / DAY)} сут`
}
