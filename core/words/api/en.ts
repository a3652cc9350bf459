import { type ApiWords, apiRu } from './ru.ts'

export const apiEn: ApiWords = apiRu
