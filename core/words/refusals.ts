import type { Facts } from '../api/facts.ts'
import type { InEvery, Language } from './language.ts'
import { refusalsBe } from './refusals/be.ts'
import { refusalsEn } from './refusals/en.ts'
import { type RefusalsWords, refusalsRu } from './refusals/ru.ts'

export const refusalsWords: InEvery<RefusalsWords> = {
  ru: refusalsRu,
  be: refusalsBe,
  en: refusalsEn,
}

/** Every refusal of every server has its words in every language. */
export type RefusalName = keyof RefusalsWords['refusals']

/** What the person is told, and the step that removes the cause. */
export const refusalIn = (
  language: Language,
  { code, facts }: { code: RefusalName; facts: Facts },
): { message: string; next: string } => refusalsWords[language].refusals[code](facts)
