import { firstStepsBe } from './first-steps/be.ts'
import { firstStepsEn } from './first-steps/en.ts'
import { type FirstStepsWords, firstStepsRu } from './first-steps/ru.ts'
import type { InEvery } from './language.ts'

export const firstStepsWords: InEvery<FirstStepsWords> = {
  ru: firstStepsRu,
  be: firstStepsBe,
  en: firstStepsEn,
}
