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

/**
 * What stands against the register, or will: what it means, why, and the step that averts it.
 * `ahead`: what is known to come after it.
 */
export function measureIn(
  language: Language,
  { kind, reason, from, till, inForce }: StandingMeasure,
  { isShiftOpen, ahead = [] }: { isShiftOpen: boolean; ahead?: readonly StandingMeasure[] },
): { title: string; next: string[] } {
  const words = measuresWords[language]
  const why = words.reason(reason)
  const ends = till === null ? [] : [words.until(till)]
  const later = ahead.flatMap((measure) => [aheadIn(words, measure), words.reason(measure.reason)])
  if (kind === 'warning') {
    const title = inForce ? words.warned : words.warningAhead(from)
    return { title, next: [why, ...ends, words.avert, words.warningIsRead, ...later] }
  }
  if (!inForce) {
    return { title: words.blockAhead(from), next: [why, ...ends, words.avert, ...later] }
  }
  return isShiftOpen
    ? {
        title: words.blockedInShift,
        next: [why, words.finishShift, ...ends, words.callOperator, ...later],
      }
    : { title: words.blocked, next: [why, ...ends, words.callOperator, ...later] }
}

const aheadIn = (words: MeasuresWords, { kind, from }: StandingMeasure): string =>
  kind === 'block' ? words.blockAhead(from) : words.warningAhead(from)
