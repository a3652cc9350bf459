import type { Role } from '#core/access/roles.ts'
import { nameSeen } from '#core/access/staff.ts'
import { done, refused } from '#core/api/contract.ts'
import type { ShopPerson } from '#core/api/register-people.ts'
import { changesBetween } from '#core/register/act.ts'
import type { Clock } from '#services/runtime/clock.ts'
import { isSecret, sha256 } from '#services/runtime/secret.ts'
import { type Sqlite, tx } from '#services/runtime/sqlite.ts'
import { openActs } from '../memory/acts.ts'
import { openPins } from './pins.ts'
import { actOn, type DoneBy, noRole, staffRules } from './staff-rules.ts'

type Seen = { name: string; revision: number }
type PersonForm = { name: string; role: string; pin: string }
type Row = ShopPerson & { pin: string }

const COLUMNS = 'name, role, pin, disabled_at, revision'

/** The people of the shop as whoever keeps them sees and changes them (K3). */
export function openRoster(db: Sqlite, clock: Clock) {
  const acts = openActs(db, clock.now)
  const pins = openPins(db, clock)
  const rules = staffRules(db)
  const { one, list, ...write } = statementsOf(db)
  const wrote = (name: string) => done(viewOf(one(name) ?? missing(name)))
  const { stale, roleNow, isHers, mayChange } = judgementsOf(one, rules)
  /** Somebody else is called so, however it is written. */
  const nameTaken = (name: string, newName: string) =>
    list().some((row) => row.name !== name && nameSeen(row.name) === nameSeen(newName))
      ? refused('person.exists', {}, { field: 'newName' })
      : null
  const put = (name: string, form: { role: string; name: string; hash?: string }, by: DoneBy) => {
    const before = one(name) ?? missing(name)
    write.change(name, form.role, form.hash ?? before.pin)
    write.endSessions(name)
    if (form.name !== name) write.rename(name, form.name)
    const changes = changesBetween(before, form, ['name', 'role'])
    if (form.hash !== undefined) changes.push({ field: 'pin', from: null, to: null })
    acts.record({ what: 'person-changed', ...actOn(by, name, changes) })
    return wrote(form.name)
  }
  return {
    list: (): ShopPerson[] => list().map(viewOf),
    /** Adds somebody, once for a request however often it comes. */
    add: ({ name, role, pin }: PersonForm, by: DoneBy & { request: string }) => {
      const decide = () => {
        const before = write.ofRequest(by.request)
        if (before !== null) return wrote(before)
        if (list().some((row) => nameSeen(row.name) === nameSeen(name)))
          return refused('person.exists', {}, { field: 'name' })
        const given = rules.role(role)
        return given ? rules.mayGive(by, given) : refused('role.unknown', {}, { field: 'role' })
      }
      const add = (hash: string) => {
        write.add({ name, role, hash, request: by.request })
        const changes = [{ field: 'role', from: null, to: role } as const]
        acts.record({ what: 'person-added', ...actOn(by, name, changes) })
        return wrote(name)
      }
      return pins.choose(pin, { by: by.person, of: name }, { decide, write: add })
    },
    /** Gives somebody another role, PIN, name or all of these; her sessions end. */
    change: async ({ name, revision, role, pin, newName = name }: Change, by: DoneBy) => {
      const row = one(newName)
      const isAs = row?.role === role && (pin === undefined || row.revision === revision + 1)
      // The same change again changes nothing.
      const isRenamed = newName === name || one(name) === null
      if (isAs && isRenamed && (await isHers(newName, pin))) return wrote(newName)
      const decide = () =>
        stale({ name, revision }) ?? nameTaken(name, newName) ?? mayChange(name, role, by)
      const form = { role, name: newName }
      if (pin === undefined) return tx(db, () => decide() ?? put(name, form, by))
      const write = (hash: string) => put(name, Object.assign({ hash }, form), by)
      return pins.choose(pin, { by: by.person, of: name }, { decide, write })
    },
    /** She signs in no more; what she did stays under her name. */
    disable: (seen: Seen, by: DoneBy) =>
      tx(db, () => {
        const { name } = seen
        const row = one(name)
        if (row && row.disabledAt !== null) return wrote(name)
        const refusal =
          stale(seen) ??
          rules.mayGive(by, roleNow(name)) ??
          rules.keepsKeeper((staff) => staff.filter((each) => each.name !== name))
        if (refusal) return refusal
        write.disable(name, clock.now())
        write.endSessions(name)
        acts.record({ what: 'person-disabled', ...actOn(by, name) })
        return wrote(name)
      }),
    /** She comes back with a PIN that nobody else has by now. */
    enable: async ({ name, revision, pin }: Seen & { pin: string }, by: DoneBy) => {
      const row = one(name)
      const isBack = row?.disabledAt === null && row.revision === revision + 1
      if (isBack && (await isHers(name, pin))) return wrote(name)
      const decide = () => stale({ name, revision }) ?? rules.mayGive(by, roleNow(name))
      const enable = (hash: string) => {
        write.enable(name, hash)
        acts.record({ what: 'person-enabled', ...actOn(by, name) })
        return wrote(name)
      }
      return pins.choose(pin, { by: by.person, of: name }, { decide, write: enable })
    },
    /** Of somebody who has just proved to know hers; her other sessions end. */
    changeOwnPin: ({ name, pin, token }: { name: string; pin: string; token: string }) => {
      const decide = () => (one(name)?.disabledAt === null ? null : refused('session.required'))
      const put = (hash: string) => {
        write.change(name, (one(name) ?? missing(name)).role, hash)
        write.endOthers(name, sha256(token))
        acts.record({ person: name, what: 'pin-changed', facts: {} })
        return done({})
      }
      return pins.choose(pin, { by: name, of: name }, { decide, write: put })
    },
  }
}

/** What of a change is judged by how somebody stands at the moment. */
function judgementsOf(one: (name: string) => Row | null, rules: ReturnType<typeof staffRules>) {
  /** Why the one who was seen so is not to be changed. */
  const stale = ({ name, revision }: Seen) => {
    const row = one(name)
    if (!row) return refused('person.unknown')
    return row.revision === revision ? null : refused('person.changed')
  }
  const roleNow = (name: string): Role => rules.role(one(name)?.role ?? '') ?? noRole
  const isHers = async (name: string, pin: string | undefined) => {
    const stored = one(name)?.pin ?? ''
    return pin === undefined || (stored !== '' && (await isSecret(stored, pin)))
  }
  const mayChange = (name: string, role: string, by: DoneBy) => {
    const after = rules.role(role)
    if (!after) return refused('role.unknown', {}, { field: 'role' })
    const isHere = one(name)?.disabledAt === null
    return (
      (isHere ? rules.mayGive(by, roleNow(name)) : null) ??
      rules.mayGive(by, after) ??
      rules.keepsKeeper((staff) =>
        staff.map((each) => (each.name === name ? { ...each, ...after } : each)),
      )
    )
  }
  return { stale, roleNow, isHers, mayChange }
}

export type Roster = ReturnType<typeof openRoster>

type Change = Seen & { role: string; pin?: string | undefined; newName?: string | undefined }

const missing = (name: string): never => {
  throw new Error(`${name} must be there`)
}

const viewOf = ({ name, role, disabledAt, revision }: Row): ShopPerson => ({
  name,
  role,
  disabledAt,
  revision,
})

function readRow(row: Record<string, unknown> | undefined): Row | null {
  if (!row) return null
  const { name, role, pin, disabled_at, revision } = row
  return { name, role, pin, disabledAt: disabled_at, revision } as Row
}

function statementsOf(db: Sqlite) {
  const run = {
    one: db.prepare(`select ${COLUMNS} from person where name = ?`),
    list: db.prepare(`select ${COLUMNS} from person order by disabled_at is not null, name`),
    ofRequest: db.prepare('select name from person where request = ?'),
    add: db.prepare(
      'insert into person(name, role, pin, request) values (:name, :role, :hash, :request)',
    ),
    change: db.prepare(
      'update person set role = ?, pin = ?, revision = revision + 1 where name = ?',
    ),
    rename: db.prepare('update person set name = ? where name = ?'),
    disable: db.prepare(
      `update person set disabled_at = ?, pin = '', revision = revision + 1 where name = ?`,
    ),
    enable: db.prepare(
      'update person set disabled_at = null, pin = ?, revision = revision + 1 where name = ?',
    ),
    endSessions: db.prepare('delete from session where person = ?'),
    endOthers: db.prepare('delete from session where person = ? and token <> ?'),
  }
  return {
    one: (name: string) => readRow(run.one.get(name)),
    list: () => run.list.all().flatMap((row) => readRow(row) ?? []),
    ofRequest: (request: string) => {
      const row = run.ofRequest.get(request)
      return row ? String(row.name) : null
    },
    add: (added: { name: string; role: string; hash: string; request: string }) =>
      run.add.run(added),
    change: (name: string, role: string, hash: string) => run.change.run(role, hash, name),
    rename: (name: string, newName: string) => run.rename.run(newName, name),
    disable: (name: string, at: number) => run.disable.run(at, name),
    enable: (name: string, hash: string) => run.enable.run(hash, name),
    endSessions: (name: string) => run.endSessions.run(name),
    endOthers: (name: string, token: string) => run.endOthers.run(name, token),
  }
}
