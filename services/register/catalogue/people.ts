import type { RegisterRight, Right } from '#core/access/rights.ts'
import { may, type Role, type RoleName, roleNames, usualRoles } from '#core/access/roles.ts'
import type { Employee } from '#core/access/staff.ts'
import type { Attempts } from '#core/lockout.ts'
import { HOUR } from '#core/time.ts'
import { isLanguage, type Language } from '#core/words/language.ts'
import type { Clock } from '#services/runtime/clock.ts'
import { nowhere, openGuesses } from '#services/runtime/guesses.ts'
import { hashSecret, newToken, sha256 } from '#services/runtime/secret.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'

/**
 * Somebody who has signed in, what her role lets her do, and what she chose to read; null: she
 * never did.
 */
export type Person = Role & { user: string; role: string; language: Language | null }
type Unchecked = { kind: 'wrong' } | { kind: 'locked'; waitMs: number } | { kind: 'busy' }
export type SignIn = { kind: 'in'; person: Person; token: string } | Unchecked
export type Checked = { kind: 'right'; person: Person } | Unchecked

/** A session outlives a restart and ends by itself after a working day. */
const SESSION_MS = 16 * HOUR

const isUsual = (name: string): name is RoleName => roleNames.some((each) => each === name)

/** A role as the shop has made it, or as it usually is; null: there is none of this name. */
export const roleIn = (db: Sqlite, name: string): Role | null => openRoles(db)(name)

/** The same for whoever asks often. */
function openRoles(db: Sqlite): (name: string) => Role | null {
  const select = db.prepare('select rights, discount_percent from role where name = ?')
  return (name) => {
    const row = select.get(name)
    if (!row) return isUsual(name) ? usualRoles[name] : null
    return {
      rights: JSON.parse(String(row.rights)) as RegisterRight[],
      discountPercent: Number(row.discount_percent),
    }
  }
}

const noRights: Role = { rights: [], discountPercent: 0 }

/** Everybody who works here or did, with what her role would let her do. */
export const employeesIn = (db: Sqlite): (Employee & { role: string })[] =>
  db
    .prepare('select name, role, disabled_at from person order by role = ? desc, name')
    .all('cashier')
    .map(({ name, role, disabled_at }) => ({
      ...(roleIn(db, String(role)) ?? noRights),
      name: String(name),
      role: String(role),
      isEnabled: disabled_at === null,
    }))

/** Who has a right; that of discounts only beyond so many percent. */
export const holdersIn = (db: Sqlite, right: Right, beyond = -1): string[] =>
  employeesIn(db)
    .filter((person) => person.isEnabled && may<Right>(person, right))
    .filter(({ discountPercent }) => right !== 'discount' || discountPercent > beyond)
    .map(({ name }) => name)

/** People who may sign in, their lock-outs and sessions; all of it durable. */
export function openPeople(db: Sqlite, clock: Clock) {
  const { now } = clock
  const select = {
    one: db.prepare('select * from person where name = ? and disabled_at is null'),
    session: db.prepare(
      `select person.name, person.role, person.language
       from session join person on person.name = session.person
       where token = ? and expires_at > ? and disabled_at is null`,
    ),
  }
  const write = {
    person: db.prepare('insert into person(name, role, pin) values (?, ?, ?)'),
    role: db.prepare(
      `insert into role(name, rights, discount_percent) values (?, ?, ?)
       on conflict(name) do update set rights = excluded.rights,
         discount_percent = excluded.discount_percent, revision = revision + 1`,
    ),
    attempts: db.prepare('update person set wrong = ?, wrong_at = ? where name = ?'),
    session: db.prepare('insert into session(token, person, expires_at) values (?, ?, ?)'),
    language: db.prepare('update person set language = ? where name = ?'),
    end: db.prepare('delete from session where token = ?'),
    expire: db.prepare('delete from session where expires_at <= ?'),
  }
  const guesses = openGuesses(clock)
  const roleOf = openRoles(db)
  const personIn = ({ name, role, language }: Record<string, unknown>): Person => ({
    ...(roleOf(String(role)) ?? noRights),
    user: String(name),
    role: String(role),
    language: isLanguage(language) ? language : null,
  })
  const setAttempts = (name: string, { wrong, lastAt }: Attempts) =>
    write.attempts.run(wrong, lastAt, name)
  const check = async (name: string, pin: string, place = nowhere): Promise<Checked> => {
    const row = select.one.get(name)
    const asked = { person: name, stored: row ? String(row.pin) : null, typed: pin }
    const guessed = await guesses.guess(asked, place, (change) => {
      const { wrong, wrong_at } = select.one.get(name) ?? {}
      const before = { wrong: Number(wrong), lastAt: Number(wrong_at) }
      const after = change(before)
      if (after) setAttempts(name, after)
      return before
    })
    if (guessed.kind !== 'right') return guessed
    // She may have been disabled, or have got another PIN, while hers was checked.
    const still = select.one.get(name)
    const isStill = row !== undefined && still?.pin === row.pin
    return isStill && still ? { kind: 'right', person: personIn(still) } : { kind: 'wrong' }
  }
  return {
    /** Those who may sign in. */
    list: () => employeesIn(db).filter(({ isEnabled }) => isEnabled),
    /** Whether anybody of this name was ever here. */
    isKnown: (name: string): boolean => employeesIn(db).some((each) => each.name === name),
    holders: (right: Right, beyond = -1): string[] => holdersIn(db, right, beyond),
    /** Decides what everybody of a role may from now on. */
    setRole: (name: string, { rights, discountPercent }: Role) =>
      write.role.run(name, JSON.stringify(rights), discountPercent),
    /** By whoever made the shop: any PIN will do. */
    add: async (name: string, role: string, pin: string) =>
      write.person.run(name, role, await hashSecret(pin)),
    /** Whose PIN it is, by the lock-outs of signing in; nobody is signed in by it. */
    check,
    signIn: async (name: string, pin: string, place = nowhere): Promise<SignIn> => {
      const checked = await check(name, pin, place)
      if (checked.kind !== 'right') return checked
      const token = newToken()
      write.expire.run(now())
      write.session.run(sha256(token), name, now() + SESSION_MS)
      return { kind: 'in', person: checked.person, token }
    },
    bySession: (token: string): Person | null => {
      const row = select.session.get(sha256(token), now())
      return row ? personIn(row) : null
    },
    setLanguage: (name: string, to: Language) => write.language.run(to, name),
    signOut: (token: string) => write.end.run(sha256(token)),
  }
}

export type People = ReturnType<typeof openPeople>
