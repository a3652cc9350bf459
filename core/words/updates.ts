import type { InEvery } from './language.ts'
import { updatesBe } from './updates/be.ts'
import { updatesEn } from './updates/en.ts'
import { type UpdatesWords, updatesRu } from './updates/ru.ts'

/** The app store of the till. */
export const updatesWords: InEvery<UpdatesWords> = { ru: updatesRu, be: updatesBe, en: updatesEn }
