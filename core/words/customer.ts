import { customerBe } from './customer/be.ts'
import { customerEn } from './customer/en.ts'
import { type CustomerWords, customerRu } from './customer/ru.ts'
import type { InEvery } from './language.ts'

/** The customer's screen (N13). */
export const customerWords: InEvery<CustomerWords> = {
  ru: customerRu,
  be: customerBe,
  en: customerEn,
}
