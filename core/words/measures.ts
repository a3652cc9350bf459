import type { StandingMeasure } from '../operator/measure.ts'
import type { InEvery, Language } from './language.ts'
import { measuresBe } from './measures/be.ts'
import { measuresEn } from './measures/en.ts'
import { type MeasuresWords, measuresRu } from './measures/ru.ts'

export const measuresWords: InEvery<MeasuresWords> = {
  ru: measuresRu,
  be: measuresBe,
  en: measuresEn,
}

/** What stands against the register, or will: what it means, why, and the step that averts it. */
export function measureIn(
  language: Language,
  { kind, reason, from, till, inForce }: StandingMeasure,
  { isShiftOpen }: { isShiftOpen: boolean },
): { title: string; next: string[] } {
  const words = measuresWords[language]
  const why = words.reason(reason)
  const ends = till === null ? [] : [words.until(till)]
  if (kind === 'warning') {
    const title = inForce ? words.warned : words.warningAhead(from)
    return { title, next: [why, ...ends, words.avert, words.warningIsRead] }
  }
  if (!inForce) return { title: words.blockAhead(from), next: [why, ...ends, words.avert] }
  return isShiftOpen
    ? { title: words.blockedInShift, next: [why, words.finishShift, ...ends, words.callOperator] }
    : { title: words.blocked, next: [why, ...ends, words.callOperator] }
}
