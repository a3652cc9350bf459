import type { RegisterRight, Right } from '#core/access/rights.ts'
import { may, type Role, type RoleName, usualRoles } from '#core/access/roles.ts'
import type { Attempts } from '#core/lockout.ts'
import { HOUR } from '#core/time.ts'
import { isLanguage, type Language } from '#core/words/language.ts'
import type { Clock } from '#services/runtime/clock.ts'
import { nowhere, openGuesses, type SignInPlace } from '#services/runtime/guesses.ts'
import { hashSecret, newToken, sha256 } from '#services/runtime/secret.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'

/**
 * Somebody who has signed in, what her role lets her do, and what she chose to read; null: she
 * never did.
 */
export type Person = Role & { user: string; role: RoleName; language: Language | null }
type Unchecked = { kind: 'wrong' } | { kind: 'locked'; waitMs: number } | { kind: 'busy' }
export type SignIn = { kind: 'in'; person: Person; token: string } | Unchecked
export type Checked = { kind: 'right'; person: Person } | Unchecked

/** A session outlives a restart and ends by itself after a working day. */
const SESSION_MS = 16 * HOUR

/** People who may sign in, their lock-outs and sessions; all of it durable. */
export function openPeople(db: Sqlite, clock: Clock) {
  const { now } = clock
  const select = {
    all: db.prepare('select name, role, language from person order by role = ? desc, name'),
    one: db.prepare('select * from person where name = ?'),
    role: db.prepare('select rights, discount_percent from role where name = ?'),
    session: db.prepare(
      `select person.name, person.role, person.language
       from session join person on person.name = session.person
       where token = ? and expires_at > ?`,
    ),
  }
  const write = {
    person: db.prepare('insert into person(name, role, pin) values (?, ?, ?)'),
    role: db.prepare(
      `insert into role(name, rights, discount_percent) values (?, ?, ?)
       on conflict(name) do update set rights = excluded.rights,
         discount_percent = excluded.discount_percent`,
    ),
    attempts: db.prepare('update person set wrong = ?, wrong_at = ? where name = ?'),
    session: db.prepare('insert into session(token, person, expires_at) values (?, ?, ?)'),
    language: db.prepare('update person set language = ? where name = ?'),
    end: db.prepare('delete from session where token = ?'),
    expire: db.prepare('delete from session where expires_at <= ?'),
  }
  const guesses = openGuesses(clock)
  const roleOf = (name: RoleName): Role => {
    const row = select.role.get(name)
    if (!row) return usualRoles[name]
    return {
      rights: JSON.parse(String(row.rights)) as RegisterRight[],
      discountPercent: Number(row.discount_percent),
    }
  }
  const personIn = ({ name, role, language }: Record<string, unknown>): Person => ({
    ...roleOf(role as RoleName),
    user: String(name),
    role: role as RoleName,
    language: isLanguage(language) ? language : null,
  })
  const all = () => select.all.all('cashier').map(personIn)
  const setAttempts = (name: string, { wrong, lastAt }: Attempts) =>
    write.attempts.run(wrong, lastAt, name)
  const check = async (name: string, pin: string, place: SignInPlace): Promise<Checked> => {
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
    return row ? { kind: 'right', person: personIn(row) } : { kind: 'wrong' }
  }
  return {
    list: () => all().map(({ user, role }) => ({ name: user, role })),
    /** Who has a right; that of discounts only beyond so many percent. */
    holders: (right: Right, beyond = -1): string[] =>
      all()
        .filter((person) => may<Right>(person, right))
        .filter(({ discountPercent }) => right !== 'discount' || discountPercent > beyond)
        .map(({ user }) => user),
    /** Decides what everybody of a role may from now on. */
    setRole: (name: RoleName, { rights, discountPercent }: Role) =>
      write.role.run(name, JSON.stringify(rights), discountPercent),
    add: async (name: string, role: RoleName, pin: string) =>
      write.person.run(name, role, await hashSecret(pin)),
    signIn: async (name: string, pin: string, place = nowhere): Promise<SignIn> => {
      const checked = await check(name, pin, place)
      if (checked.kind !== 'right') return checked
      const token = newToken()
      write.expire.run(now())
      write.session.run(sha256(token), name, now() + SESSION_MS)
      return { kind: 'in', person: checked.person, token }
    },
    /** Whose PIN it is, by the lock-outs of signing in; nobody is signed in by it. */
    check,
    bySession: (token: string): Person | null => {
      const row = select.session.get(sha256(token), now())
      return row ? personIn(row) : null
    },
    setLanguage: (name: string, to: Language) => write.language.run(to, name),
    signOut: (token: string) => write.end.run(sha256(token)),
  }
}

export type People = ReturnType<typeof openPeople>
