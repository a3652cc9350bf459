import { importBe } from './import/be.ts'
import { importEn } from './import/en.ts'
import { type ImportWords, importRu } from './import/ru.ts'
import type { InEvery } from './language.ts'

export const importWords: InEvery<ImportWords> = { ru: importRu, be: importBe, en: importEn }
