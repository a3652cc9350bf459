import type { Facts } from '../api/facts.ts'
import type { FieldFault } from '../api/field-fault.ts'
import type { DeviceFault } from '../sko/faults.ts'
import { deviceBe } from './device/be.ts'
import { deviceEn } from './device/en.ts'
import { type DeviceWords, deviceRu } from './device/ru.ts'
import { fieldsWords } from './fields.ts'
import type { InEvery, Language } from './language.ts'

export const deviceWords: InEvery<DeviceWords> = { ru: deviceRu, be: deviceBe, en: deviceEn }

/** A device's refusal as it is told over tsrv: its fault, and what its facts add to it. */
export function faultIn(language: Language, fault: DeviceFault, facts: Facts): string {
  const detail = detailIn(language, facts)
  const told = deviceWords[language].faults[fault]
  return detail === null ? told : `${told}: ${detail}`
}

function detailIn(language: Language, facts: Facts): string | null {
  const { details } = deviceWords[language]
  const { said, expected, number, line, waitMs, reason, field, fault, name } = facts
  if (said !== undefined) return said
  if (expected !== undefined) return details.expected(expected)
  if (number !== undefined) return details.number(number)
  if (line !== undefined) return details.line(line)
  if (waitMs !== undefined) return details.waitMs(waitMs)
  if (reason === 'last-is-no-sale') return details.lastIsNoSale
  if (reason === 'drawer-full') return details.drawerFull
  const wrong = fault === undefined ? null : fieldsWords[language].faults[fault as FieldFault]
  if (wrong) return field === undefined ? wrong(facts) : `${field}: ${wrong(facts)}`
  return field ?? name ?? null
}
