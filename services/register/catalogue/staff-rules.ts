import { may, type Role } from '#core/access/roles.ts'
import { type Employee, type GivingLack, givingLack, hasKeeper } from '#core/access/staff.ts'
import { type Refused, refused } from '#core/api/contract.ts'
import type { ShopActChange } from '#core/register/act.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { employeesIn, holdersIn, roleIn } from './people.ts'

/** Who does it. */
export type DoneBy = { person: string }
type Staff = readonly (Employee & { role: string })[]

export const noRole: Role = { rights: [], discountPercent: 0 }

/** What whoever keeps the people may not do to them (R26), by what stands in the database. */
export function staffRules(db: Sqlite) {
  return {
    /** Why `by` may not give or take what the role lets one do; null: she may. */
    mayGive: ({ person }: DoneBy, moved: Role): Refused<'right.required'> | null => {
      const staff = employeesIn(db)
      const giver = staff.find(({ name, isEnabled }) => name === person && isEnabled) ?? noRole
      const keeps = may(giver, 'people.edit')
      const lack: GivingLack | null = keeps
        ? givingLack(giver, moved, staff)
        : { right: 'people.edit' }
      if (!lack) return null
      const holders = holdersIn(db, lack.right, lack.limit)
      return refused('right.required', { right: lack.right, holders, reason: 'not-yours' })
    },
    /** Why a change may not be: nobody would be left who keeps the people. */
    keepsKeeper: (change: (staff: Staff) => Staff): Refused<'people.last'> | null =>
      hasKeeper(change(employeesIn(db))) ? null : refused('people.last'),
    role: (name: string): Role | null => roleIn(db, name),
  }
}

/** What an act on somebody or something of this name says of it. */
export const actOn = (
  { person }: DoneBy,
  subject: string,
  changes: readonly ShopActChange[] = [],
) => ({
  person,
  facts: changes.length > 0 ? { subject, changes } : { subject },
})
