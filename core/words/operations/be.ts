import { type OperationsWords, operationsRu } from './ru.ts'

export const operationsBe: OperationsWords = operationsRu
