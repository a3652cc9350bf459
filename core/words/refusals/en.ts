import { type RefusalsWords, refusalsRu } from './ru.ts'

export const refusalsEn: RefusalsWords = refusalsRu
