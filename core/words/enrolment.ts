import { enrolmentBe } from './enrolment/be.ts'
import { enrolmentEn } from './enrolment/en.ts'
import { type EnrolmentWords, enrolmentRu } from './enrolment/ru.ts'
import type { InEvery, Language } from './language.ts'
import { refusalsWords } from './refusals.ts'

export const enrolmentWords: InEvery<EnrolmentWords> = {
  ru: enrolmentRu,
  be: enrolmentBe,
  en: enrolmentEn,
}

/** Why something cannot be connected, by a refusal's code; null: none of this version. */
export function whyNotEnrolled(
  language: Language,
  code: string,
): { title: string; next: string } | null {
  const { refusals } = refusalsWords[language]
  if (!Object.hasOwn(refusals, code)) return null
  const { message, next } = refusals[code as keyof typeof refusals]({})
  return { title: message, next }
}
