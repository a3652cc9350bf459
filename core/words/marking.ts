import type { InEvery } from './language.ts'
import { markingBe } from './marking/be.ts'
import { markingEn } from './marking/en.ts'
import { type MarkingWords, markingRu } from './marking/ru.ts'

export const markingWords: InEvery<MarkingWords> = { ru: markingRu, be: markingBe, en: markingEn }
