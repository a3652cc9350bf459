import type { InEvery } from './language.ts'
import { receiptFormBe } from './receipt-form/be.ts'
import { receiptFormEn } from './receipt-form/en.ts'
import { type ReceiptFormWords, receiptFormRu } from './receipt-form/ru.ts'

/** What the shop puts on its customers' papers (K4). */
export const receiptFormWords: InEvery<ReceiptFormWords> = {
  ru: receiptFormRu,
  be: receiptFormBe,
  en: receiptFormEn,
}
