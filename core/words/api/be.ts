import { type ApiWords, apiRu } from './ru.ts'

export const apiBe: ApiWords = apiRu
