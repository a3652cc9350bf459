import type { InEvery } from './language.ts'
import { receiptSearchBe } from './receipt-search/be.ts'
import { receiptSearchEn } from './receipt-search/en.ts'
import { type ReceiptSearchWords, receiptSearchRu } from './receipt-search/ru.ts'

export const receiptSearchWords: InEvery<ReceiptSearchWords> = {
  ru: receiptSearchRu,
  be: receiptSearchBe,
  en: receiptSearchEn,
}
