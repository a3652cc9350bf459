import { controlsBe } from './controls/be.ts'
import { controlsEn } from './controls/en.ts'
import { type ControlsWords, controlsRu } from './controls/ru.ts'
import type { InEvery } from './language.ts'

export const controlsWords: InEvery<ControlsWords> = {
  ru: controlsRu,
  be: controlsBe,
  en: controlsEn,
}
