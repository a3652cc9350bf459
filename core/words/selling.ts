import type { InEvery } from './language.ts'
import { sellingBe } from './selling/be.ts'
import { sellingEn } from './selling/en.ts'
import { type SellingWords, sellingRu } from './selling/ru.ts'

export const sellingWords: InEvery<SellingWords> = { ru: sellingRu, be: sellingBe, en: sellingEn }
