import type { InEvery } from './language.ts'
import { officeBe } from './office/be.ts'
import { officeEn } from './office/en.ts'
import { type OfficeWords, officeRu } from './office/ru.ts'

export const officeWords: InEvery<OfficeWords> = { ru: officeRu, be: officeBe, en: officeEn }
