import type { InEvery } from './language.ts'
import { tillBe } from './till/be.ts'
import { tillEn } from './till/en.ts'
import { type TillWords, tillRu } from './till/ru.ts'

export const tillWords: InEvery<TillWords> = { ru: tillRu, be: tillBe, en: tillEn }

/** What a role is called: a usual one in the reader's language, the shop's own as it named it. */
export const roleTitle = (roles: TillWords['roles'], role: string): string =>
  role === 'cashier' || role === 'administrator' ? roles[role] : role
