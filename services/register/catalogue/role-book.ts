import { registerRights } from '#core/access/rights.ts'
import { type Role, roleNames } from '#core/access/roles.ts'
import { movedBetween, nameSeen } from '#core/access/staff.ts'
import { done, refused } from '#core/api/contract.ts'
import type { RoleRow } from '#core/api/register-people.ts'
import { changesBetween } from '#core/register/act.ts'
import { tillWords } from '#core/words/till.ts'
import type { Clock } from '#services/runtime/clock.ts'
import { type Sqlite, tx } from '#services/runtime/sqlite.ts'
import { openActs } from '../memory/acts.ts'
import { employeesIn, roleIn } from './people.ts'
import { actOn, type DoneBy, noRole, staffRules } from './staff-rules.ts'

type RoleForm = Role & { name: string }

const FIELDS = ['rights', 'discountPercent'] as const

/** The roles of the shop: sets of rights that whoever keeps the people changes (K3, R26). */
export function openRoleBook(db: Sqlite, { now }: Clock) {
  const acts = openActs(db, now)
  const { mayGive, keepsKeeper } = staffRules(db)
  const select = {
    all: db.prepare('select name, revision from role order by name'),
    ofRequest: db.prepare('select name from role where request = ?'),
  }
  const write = {
    add: db.prepare(
      `insert into role(name, rights, discount_percent, request) values (?, ?, ?, ?)`,
    ),
    remove: db.prepare('delete from role where name = ?'),
    change: db.prepare(
      `insert into role(name, rights, discount_percent) values (?, ?, ?)
       on conflict(name) do update set rights = excluded.rights,
         discount_percent = excluded.discount_percent, revision = revision + 1`,
    ),
  }
  const list = (): RoleRow[] => {
    const revisions = new Map(
      select.all.all().map((row) => [String(row.name), Number(row.revision)] as const),
    )
    const staff = employeesIn(db).filter(({ isEnabled }) => isEnabled)
    return [...new Set([...roleNames, ...revisions.keys()])].map((name) => ({
      ...inOrder(roleIn(db, name) ?? noRole),
      name,
      revision: revisions.get(name) ?? 0,
      people: staff.filter(({ role }) => role === name).length,
    }))
  }
  const takenNames = () =>
    new Set([...list().map((each) => each.name), ...usualTitles].map((each) => nameSeen(each)))
  const known = (name: string): RoleRow =>
    list().find((each) => each.name === name) ?? missing(name)
  return {
    list,
    /** Adds a role, once for a request however often it comes. */
    add: ({ name, ...form }: RoleForm, by: DoneBy & { request: string }) =>
      tx(db, () => {
        const before = select.ofRequest.get(by.request)
        if (before) return done(known(String(before.name)))
        if (takenNames().has(nameSeen(name))) {
          return refused('role.exists', {}, { field: 'name' })
        }
        const refusal = mayGive(by, form)
        if (refusal) return refusal
        const { rights, discountPercent } = inOrder(form)
        write.add.run(name, JSON.stringify(rights), discountPercent, by.request)
        const changes = changesBetween(noRole, { rights, discountPercent }, FIELDS)
        acts.record({ what: 'role-added', ...actOn(by, name, changes) })
        return done(known(name))
      }),
    /** Removes one of the shop's own that nobody has; one that is gone stays gone. */
    remove: ({ name, revision }: { name: string; revision: number }, by: DoneBy) =>
      tx(db, () => {
        if (roleNames.some((usual) => usual === name)) return refused('role.usual')
        const stored = roleIn(db, name)
        if (!stored) return done({})
        if (known(name).revision !== revision) return refused('role.changed')
        if (employeesIn(db).some(({ role }) => role === name)) return refused('role.in-use')
        const refusal = mayGive(by, stored)
        if (refusal) return refusal
        write.remove.run(name)
        const changes = changesBetween(inOrder(stored), noRole, FIELDS)
        acts.record({ what: 'role-removed', ...actOn(by, name, changes) })
        return done({})
      }),
    /** Whoever has the role may what it says from her next call on. */
    change: ({ name, revision, ...form }: RoleForm & { revision: number }, by: DoneBy) =>
      tx(db, () => {
        const stored = roleIn(db, name)
        if (!stored) return refused('role.unknown')
        const [before, after] = [inOrder(stored), inOrder(form)]
        const changes = changesBetween(before, after, FIELDS)
        if (changes.length === 0) return done(known(name))
        if (known(name).revision !== revision) return refused('role.changed')
        const refusal =
          mayGive(by, movedBetween(before, after)) ??
          keepsKeeper((staff) =>
            staff.map((each) => (each.role === name ? { ...each, ...after } : each)),
          )
        if (refusal) return refusal
        const { rights, discountPercent } = after
        write.change.run(name, JSON.stringify(rights), discountPercent)
        acts.record({ what: 'role-changed', ...actOn(by, name, changes) })
        return done(known(name))
      }),
  }
}

export type RoleBook = ReturnType<typeof openRoleBook>

/** What the usual roles are called in one language or another. */
const usualTitles = Object.values(tillWords).flatMap(({ roles }) => Object.values(roles))

/** The same set is the same list. */
const inOrder = ({ rights, discountPercent }: Role): Role => ({
  rights: registerRights.filter((right) => rights.includes(right)),
  discountPercent,
})

const missing = (name: string): never => {
  throw new Error(`role ${name} must be there`)
}
