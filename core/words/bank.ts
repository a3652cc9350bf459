import { isActionCode, isRefusal } from '../iso8583/action-codes.ts'
import type { FinancialKind } from '../iso8583/fields.ts'
import { bankBe } from './bank/be.ts'
import { bankEn } from './bank/en.ts'
import { type BankWords, bankRu } from './bank/ru.ts'
import type { InEvery, Language } from './language.ts'

export const bankWords: InEvery<BankWords> = { ru: bankRu, be: bankBe, en: bankEn }

/** What a person reads of an action code. */
export const answerOfBank = (language: Language, code: string): string =>
  isActionCode(code) ? bankWords[language].codes[code] : bankWords[language].unknownCode(code)

/**
 * What a person reads of an operation that the bank holds as declined. The words of a code that is
 * no refusal would speak of money that moved, or of a question still open.
 */
export const refusalOfBank = (language: Language, code: string): string =>
  isRefusal(code) ? bankWords[language].codes[code] : bankWords[language].notMade

/** What a person reads of a row of the bank: the name of its kind, or that it undid one. */
export const operationOfBank = (
  language: Language,
  { kind, reversal }: { kind: FinancialKind; reversal: boolean },
): string => (reversal ? bankWords[language].reversal : bankWords[language].kinds[kind])
