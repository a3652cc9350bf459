import type { InEvery } from './language.ts'
import { rightsBe } from './rights/be.ts'
import { rightsEn } from './rights/en.ts'
import { type RightsWords, rightsRu } from './rights/ru.ts'

export const rightsWords: InEvery<RightsWords> = { ru: rightsRu, be: rightsBe, en: rightsEn }
