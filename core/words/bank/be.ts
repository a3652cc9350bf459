import { type BankWords, bankRu } from './ru.ts'

export const bankBe: BankWords = bankRu
