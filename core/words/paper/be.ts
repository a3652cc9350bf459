import { type PaperWords, paperRu } from './ru.ts'

export const paperBe: PaperWords = paperRu
