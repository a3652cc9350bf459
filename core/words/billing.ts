import { billingBe } from './billing/be.ts'
import { billingEn } from './billing/en.ts'
import { type BillingWords, billingRu } from './billing/ru.ts'
import type { InEvery } from './language.ts'

export const billingWords: InEvery<BillingWords> = { ru: billingRu, be: billingBe, en: billingEn }
