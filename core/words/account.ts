import { accountBe } from './account/be.ts'
import { accountEn } from './account/en.ts'
import { type AccountWords, accountRu } from './account/ru.ts'
import type { InEvery } from './language.ts'

export const accountWords: InEvery<AccountWords> = { ru: accountRu, be: accountBe, en: accountEn }
