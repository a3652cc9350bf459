import { officeActNames } from '../access/acts.ts'
import type { InEvery, Language } from './language.ts'
import { staffWords } from './staff.ts'
import { trailBe } from './trail/be.ts'
import { trailEn } from './trail/en.ts'
import { type TrailWords, trailRu } from './trail/ru.ts'

/** The office's audit trail. */
export const trailWords: InEvery<TrailWords> = { ru: trailRu, be: trailBe, en: trailEn }

/** What an act is called; an act of another version by its name. */
export function actNameIn(language: Language, what: string): string {
  const known = officeActNames.find((name) => name === what)
  if (!known) return what
  const own: Readonly<Record<string, string>> = trailWords[language].names
  const ofAccounts: Readonly<Record<string, string>> = staffWords[language].acts.names
  return own[known] ?? ofAccounts[known] ?? what
}
