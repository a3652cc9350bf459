import type { RegisterRight } from './rights.ts'
import { may, type Role } from './roles.ts'

// Who may give whom which rights (R26). Nobody gives what she has not, by any way: a role, another
// person's PIN, a person who comes back.

/** Somebody of the shop and what her role lets her do as long as she works here. */
export type Employee = Role & { name: string; isEnabled: boolean }

/** A right that is wanting to give this; `limit`: how far the giver's own discounts go. */
export type GivingLack = { right: RegisterRight; limit?: number }

const limitOf = (role: Role): number => (may(role, 'discount') ? role.discountPercent : -1)

/**
 * What the giver has not of what she would give or take; null: she may. A right that nobody who
 * works here has belongs to whoever keeps the people: it could never come back otherwise.
 */
export function givingLack(
  giver: Role,
  moved: Role,
  staff: readonly Employee[],
): GivingLack | null {
  const held = staff.filter(({ isEnabled }) => isEnabled)
  const wanting = moved.rights.find(
    (right) => !may(giver, right) && held.some((person) => may(person, right)),
  )
  if (wanting !== undefined) return { right: wanting }
  const farthest = Math.max(...held.map(limitOf))
  const goesFar = limitOf(moved) > limitOf(giver) && limitOf(giver) < farthest
  return goesFar ? { right: 'discount', limit: Math.max(0, limitOf(giver)) } : null
}

/** What changes hands when a role becomes another: the rights of either alone, and the limit. */
export function movedBetween(before: Role, after: Role): Role {
  const either = [...new Set([...before.rights, ...after.rights])]
  const rights = either.filter((right) => may(before, right) !== may(after, right))
  const limits = [limitOf(before), limitOf(after)]
  if (limits[0] === limits[1]) return { rights, discountPercent: 0 }
  const moved = rights.includes('discount') ? rights : [...rights, 'discount' as const]
  return { rights: moved, discountPercent: Math.max(...limits) }
}

/** Whether somebody is left who keeps the people; nobody could be let in again otherwise. */
export const hasKeeper = (staff: readonly Employee[]): boolean =>
  staff.some((person) => person.isEnabled && may(person, 'people.edit'))

/**
 * A name as it is told from others: letters that look alike in two alphabets are one letter, since
 * people know each other by what they see.
 */
export const nameSeen = (name: string): string =>
  [...name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()]
    .map((letter) => alike.get(letter) ?? letter)
    .join('')

/** Cyrillic letters, and the Latin ones that look like them. */
const alike = new Map(
  Object.entries({
    '\u0430': 'a',
    '\u0432': 'b',
    '\u0435': 'e',
    '\u0451': 'e',
    '\u043a': 'k',
    '\u043c': 'm',
    '\u043d': 'h',
    '\u043e': 'o',
    '\u0440': 'p',
    '\u0441': 'c',
    '\u0442': 't',
    '\u0443': 'y',
    '\u0445': 'x',
    '\u0456': 'i',
    '\u0458': 'j',
    '\u0455': 's',
  }),
)
