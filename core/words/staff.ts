import type { InEvery } from './language.ts'
import { staffBe } from './staff/be.ts'
import { staffEn } from './staff/en.ts'
import { type StaffWords, staffRu } from './staff/ru.ts'

export const staffWords: InEvery<StaffWords> = { ru: staffRu, be: staffBe, en: staffEn }
