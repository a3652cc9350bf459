import type { Facts } from '../api/facts.ts'
import type { FieldFault } from '../api/field-fault.ts'
import { fieldsBe } from './fields/be.ts'
import { fieldsEn } from './fields/en.ts'
import { type FieldsWords, fieldsRu } from './fields/ru.ts'
import type { InEvery, Language } from './language.ts'

export const fieldsWords: InEvery<FieldsWords> = { ru: fieldsRu, be: fieldsBe, en: fieldsEn }

/** What is wrong with a field, without its name. */
export const invalidIn = (
  language: Language,
  { fault, facts }: { fault: FieldFault; facts: Facts },
): string => fieldsWords[language].faults[fault](facts)
