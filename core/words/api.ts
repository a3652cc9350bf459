import { apiBe } from './api/be.ts'
import { apiEn } from './api/en.ts'
import { type ApiWords, apiRu } from './api/ru.ts'
import type { InEvery } from './language.ts'

export const apiWords: InEvery<ApiWords> = { ru: apiRu, be: apiBe, en: apiEn }
