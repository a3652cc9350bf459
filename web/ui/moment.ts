import { DAY, HOUR, MINUTE } from '#core/time.ts'
import type { ControlsWords } from '#core/words/controls/ru.ts'

/** How long, in the one unit that matters: “5 min”, “3 h”, “2 d”. */
export function ageIn(words: ControlsWords['age'], ms: number): string {
  if (ms < MINUTE) return words.lessThanMinute
  if (ms < HOUR) return words.minutes(Math.floor(ms / MINUTE))
  if (ms < 2 * DAY) return words.hours(Math.floor(ms / HOUR))
  return words.days(Math.floor(ms / DAY))
}
