import { DAY, HOUR, MINUTE } from '#core/time.ts'
import type { ClientWords } from '#core/words/client/ru.ts'

/** How long ago, in the largest unit that it fills. */
export function agoIn({ minutes, hours, days }: ClientWords['home'], ms: number): string {
  if (ms < HOUR) return minutes(Math.max(0, Math.floor(ms / MINUTE)))
  return ms < 2 * DAY ? hours(Math.floor(ms / HOUR)) : days(Math.floor(ms / DAY))
}
