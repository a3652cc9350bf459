import type { InEvery } from './language.ts'
import { tillBe } from './till/be.ts'
import { tillEn } from './till/en.ts'
import { type TillWords, tillRu } from './till/ru.ts'

export const tillWords: InEvery<TillWords> = { ru: tillRu, be: tillBe, en: tillEn }
