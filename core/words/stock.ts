import type { InEvery } from './language.ts'
import { stockBe } from './stock/be.ts'
import { stockEn } from './stock/en.ts'
import { type StockWords, stockRu } from './stock/ru.ts'

export const stockWords: InEvery<StockWords> = { ru: stockRu, be: stockBe, en: stockEn }
