import type { InEvery } from './language.ts'
import { standBe } from './stand/be.ts'
import { standEn } from './stand/en.ts'
import { type StandWords, standRu } from './stand/ru.ts'

export const standWords: InEvery<StandWords> = { ru: standRu, be: standBe, en: standEn }
