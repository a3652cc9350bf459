import { type OperationsWords, operationsRu } from './ru.ts'

export const operationsEn: OperationsWords = operationsRu
