import type { Role } from '#core/api/register.ts'
import { type Attempts, afterWrong, mustWait, noAttempts } from '#core/lockout.ts'
import { HOUR } from '#core/time.ts'
import { isLanguage, type Language } from '#core/words/language.ts'
import { hashSecret, isSecret, newToken, sha256 } from '#services/runtime/secret.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'

/** `language`: what she chose to read; null: she never did. */
export type Person = { user: string; role: Role; language: Language | null }
export type SignIn =
  | { kind: 'in'; person: Person; token: string }
  | { kind: 'wrong' }
  | { kind: 'locked'; waitMs: number }

/** A session outlives a restart and ends by itself after a working day. */
const SESSION_MS = 16 * HOUR

/** People who may sign in, their lock-outs and sessions; all of it durable. */
export function openPeople(db: Sqlite, now: () => number) {
  const select = {
    all: db.prepare('select name, role from person order by role = ? desc, name'),
    one: db.prepare('select * from person where name = ?'),
    session: db.prepare(
      `select person.name, person.role, person.language from session join person on person.name = session.person
       where token = ? and expires_at > ?`,
    ),
  }
  const write = {
    person: db.prepare('insert into person(name, role, pin) values (?, ?, ?)'),
    attempts: db.prepare('update person set wrong = ?, wrong_at = ? where name = ?'),
    session: db.prepare('insert into session(token, person, expires_at) values (?, ?, ?)'),
    language: db.prepare('update person set language = ? where name = ?'),
    end: db.prepare('delete from session where token = ?'),
    expire: db.prepare('delete from session where expires_at <= ?'),
  }
  const setAttempts = (name: string, { wrong, lastAt }: Attempts) =>
    write.attempts.run(wrong, lastAt, name)
  return {
    list: () =>
      select.all.all('cashier').map((row) => ({ name: String(row.name), role: row.role as Role })),
    add: async (name: string, role: Role, pin: string) =>
      write.person.run(name, role, await hashSecret(pin)),
    signIn: async (name: string, pin: string): Promise<SignIn> => {
      const row = select.one.get(name)
      if (!row) {
        // As slow as a real check, so that names cannot be told by time.
        await hashSecret(pin)
        return { kind: 'wrong' }
      }
      const attempts = { wrong: Number(row.wrong), lastAt: Number(row.wrong_at) }
      const waitMs = mustWait(attempts, now())
      if (waitMs > 0) return { kind: 'locked', waitMs }
      // Counted before it is checked: attempts made at once, or cut by a kill, count all the same.
      setAttempts(name, afterWrong(attempts, now()))
      if (!(await isSecret(String(row.pin), pin))) return { kind: 'wrong' }
      setAttempts(name, noAttempts)
      const token = newToken()
      write.expire.run(now())
      write.session.run(sha256(token), name, now() + SESSION_MS)
      return { kind: 'in', person: personIn(row), token }
    },
    bySession: (token: string): Person | null => {
      const row = select.session.get(sha256(token), now())
      return row ? personIn(row) : null
    },
    setLanguage: (name: string, to: Language) => write.language.run(to, name),
    signOut: (token: string) => write.end.run(sha256(token)),
  }
}

const personIn = ({ name, role, language }: Record<string, unknown>): Person => ({
  user: String(name),
  role: role as Role,
  language: isLanguage(language) ? language : null,
})

export type People = ReturnType<typeof openPeople>
