import type { InEvery } from './language.ts'
import { supportBe } from './support/be.ts'
import { supportEn } from './support/en.ts'
import { type SupportWords, supportRu } from './support/ru.ts'

export const supportWords: InEvery<SupportWords> = {
  ru: supportRu,
  be: supportBe,
  en: supportEn,
}
