import { cabinetBe } from './cabinet/be.ts'
import { cabinetEn } from './cabinet/en.ts'
import { type CabinetWords, cabinetRu } from './cabinet/ru.ts'
import type { InEvery } from './language.ts'

export const cabinetWords: InEvery<CabinetWords> = { ru: cabinetRu, be: cabinetBe, en: cabinetEn }
