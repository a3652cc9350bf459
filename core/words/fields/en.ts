import { type FieldsWords, fieldsRu } from './ru.ts'

export const fieldsEn: FieldsWords = fieldsRu
