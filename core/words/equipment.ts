import { equipmentBe } from './equipment/be.ts'
import { equipmentEn } from './equipment/en.ts'
import { type EquipmentWords, equipmentRu } from './equipment/ru.ts'
import type { InEvery } from './language.ts'

/** The machines on the counter (K4): how they are set up, what they let hear. */
export const equipmentWords: InEvery<EquipmentWords> = {
  ru: equipmentRu,
  be: equipmentBe,
  en: equipmentEn,
}
