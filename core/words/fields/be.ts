import { type FieldsWords, fieldsRu } from './ru.ts'

export const fieldsBe: FieldsWords = fieldsRu
