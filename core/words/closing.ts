import { closingBe } from './closing/be.ts'
import { closingEn } from './closing/en.ts'
import { type ClosingWords, closingRu } from './closing/ru.ts'
import type { InEvery } from './language.ts'

export const closingWords: InEvery<ClosingWords> = {
  ru: closingRu,
  be: closingBe,
  en: closingEn,
}
