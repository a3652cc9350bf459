import type { InEvery } from './language.ts'
import { lettersBe } from './letters/be.ts'
import { lettersEn } from './letters/en.ts'
import { type LettersWords, lettersRu } from './letters/ru.ts'

/** Receipts to customers by mail (N13). */
export const lettersWords: InEvery<LettersWords> = { ru: lettersRu, be: lettersBe, en: lettersEn }
