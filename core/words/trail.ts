import { officeActNames } from '../access/acts.ts'
import { accountWords } from './account.ts'
import type { InEvery, Language } from './language.ts'
import { staffWords } from './staff.ts'
import { trailBe } from './trail/be.ts'
import { trailEn } from './trail/en.ts'
import { type TrailWords, trailRu } from './trail/ru.ts'

/** The office's audit trail. */
export const trailWords: InEvery<TrailWords> = { ru: trailRu, be: trailBe, en: trailEn }

/** What an act is called; an act of another version by its name. */
export function actNameIn(language: Language, what: string): string {
  const known = officeActNames.find((name) => name === what)
  if (!known) return what
  const own: Readonly<Record<string, string>> = trailWords[language].names
  const ofAccounts: Readonly<Record<string, string>> = staffWords[language].acts.names
  return own[known] ?? ofAccounts[known] ?? what
}

/** Why an act was done, or in which role somebody is since: a role, or «role: why», by its name. */
export function actReasonIn(
  language: Language,
  { what, reason }: { what: string; reason: string | null },
): string {
  const [role = '', ...why] = (reason ?? '').split(': ')
  const roles = rolesOf(language, what)
  return Object.hasOwn(roles, role) ? [roles[role], ...why].join(': ') : (reason ?? '')
}

function rolesOf(language: Language, what: string): Readonly<Record<string, string>> {
  if (what.startsWith('person-')) return accountWords[language].people.roles
  const isStaff = what === 'staff-invited' || what === 'staff-role'
  return isStaff ? staffWords[language].people.roles : {}
}
