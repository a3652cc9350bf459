import { type PaperWords, paperRu } from './ru.ts'

export const paperEn: PaperWords = paperRu
