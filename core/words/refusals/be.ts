import { type RefusalsWords, refusalsRu } from './ru.ts'

export const refusalsBe: RefusalsWords = refusalsRu
