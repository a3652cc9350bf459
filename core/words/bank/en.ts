import { type BankWords, bankRu } from './ru.ts'

export const bankEn: BankWords = bankRu
