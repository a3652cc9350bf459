import type { Context as Call } from 'hono'
import { type Refused, refused } from '#core/api/contract.ts'
import { type Attempts, noAttempts } from '#core/lockout.ts'
import { HOUR, type Moment, SECOND } from '#core/time.ts'
import type { Language } from '#core/words/language.ts'
import type { RefusalName } from '#core/words/refusals.ts'
import type { Clock } from './clock.ts'
import { type OverAll, openGuesses } from './guesses.ts'
import { newToken, sha256 } from './secret.ts'
import { addressOf } from './serve.ts'
import type { SignInCookies } from './sign-in.ts'
import type { Postgres, Sql } from './sql.ts'

// People who sign in to a cabinet by e-mail and password. Its database has the tables
// account(email, secret, wrong, wrong_at, language, …) and session(token_hash, email, until,
// opened_at, origin, browser).

const SESSION = 12 * HOUR
const LONGEST_BROWSER = 200
/** Of a session's hash: enough to name it to whoever has it. */
const SHOWN_HASH = 16

export type AccountPorts<Row, Code extends RefusalName = never> = {
  db: Postgres
  clock: Clock
  signIn: SignInCookies
  /** What the cabinet knows of an account; null: there is none. */
  accountOf: (sql: Sql, email: string) => Promise<Row | null>
  /** What is wanted beside the right password; null: nothing, or it was given. */
  second?: (call: Call, email: string, code: string | undefined) => Promise<Refused<Code> | null>
}

/** The sign-ins of a cabinet: its guesses are counted, its sessions last twelve hours. */
export function openAccounts<Row, Code extends RefusalName = never>({
  db,
  clock,
  signIn: cookies,
  accountOf,
  second,
}: AccountPorts<Row, Code>) {
  const guesses = openGuesses(clock)
  const overAllOf =
    (email: string): OverAll =>
    (change) =>
      db.transaction(async (sql) => {
        const before = (await lockAttempts(sql, email)) ?? noAttempts
        const after = change(before)
        if (after) await setAttempts(sql, email, after)
        return before
      })
  const guess = async (call: Call, { email, password }: Typed) => {
    const asked = { person: email, stored: await secretOf(db, email), typed: password }
    const guessed = await guesses.guess(asked, cookies.placeOf(call, email), overAllOf(email))
    if (guessed.kind === 'locked') return refused('password.locked', { waitMs: guessed.waitMs })
    if (guessed.kind === 'busy') return refused('server.busy', { waitMs: SECOND })
    return guessed.kind === 'wrong' ? refused('password.wrong') : null
  }
  return {
    /** Why a password is not taken; null: it is the account's. Every try is counted. */
    guess,
    /** Lets whoever knows the password in; a refusal tells nobody whether there is an account. */
    signIn: async (call: Call, { email: typedEmail, password, code }: Typed) => {
      const email = typedEmail.trim().toLowerCase()
      const account = await accountOf(db, email)
      const wrong = await guess(call, { email, password })
      if (wrong) return wrong
      if (!account) return refused('password.wrong')
      const wanting = await second?.(call, email, code)
      if (wanting) return wanting
      const token = newToken()
      const now = clock.now()
      const browser = (call.req.header('user-agent') ?? '').slice(0, LONGEST_BROWSER)
      const from = { origin: addressOf(call), browser, now }
      const session = { tokenHash: sha256(token), email, until: now + SESSION }
      const before = cookies.tokenOf(call)
      await db.transaction(async (sql) => {
        // Whoever was signed in in this browser is not any more.
        if (before !== '') await endSession(sql, sha256(before))
        await openSession(sql, session, from)
      })
      cookies.letIn(call, { person: email, token, maxAge: SESSION / SECOND })
      return { kind: 'in', account } as const
    },
    /** Whose session the call carries; null: nobody's that still lasts. */
    signedIn: async (call: Call): Promise<Row | null> => {
      const token = cookies.tokenOf(call)
      const email = token === '' ? null : await emailBySession(db, sha256(token), clock.now())
      return email === null ? null : accountOf(db, email)
    },
    /** What the session of a call is stored under. */
    tokenHashOf: (call: Call): string => sha256(cookies.tokenOf(call)),
    signOut: async (call: Call): Promise<void> => {
      await endSession(db, sha256(cookies.tokenOf(call)))
      cookies.letOut(call)
    },
    setLanguage: async (email: string, to: Language): Promise<void> => {
      await db.query('update account set language = $2 where email = $1', [email, to])
    },
  }
}

/** See `openAccounts`; `Row`: what the cabinet knows of an account. */
export type Accounts<Row, Code extends RefusalName = never> = ReturnType<
  typeof openAccounts<Row, Code>
>

type Typed = { email: string; password: string; code?: string | undefined }

/** Of a cabinet: nobody has signed in. */
export const sessionRequired: Refused<'session.required'> = refused('session.required', {
  reason: 'cabinet',
})

async function secretOf(sql: Sql, email: string): Promise<string | null> {
  const [row] = await sql.query<{ secret: string }>('select secret from account where email = $1', [
    email,
  ])
  return row?.secret ?? null
}

/** Holds the account's row, so that guesses made at once are counted one by one. */
async function lockAttempts(sql: Sql, email: string): Promise<Attempts | null> {
  const [row] = await sql.query<Attempts>(
    'select wrong, wrong_at as "lastAt" from account where email = $1 for update',
    [email],
  )
  return row ?? null
}

async function setAttempts(sql: Sql, email: string, { wrong, lastAt }: Attempts): Promise<void> {
  const values = [email, wrong, lastAt]
  await sql.query('update account set wrong = $2, wrong_at = $3 where email = $1', values)
}

async function openSession(
  sql: Sql,
  { tokenHash, email, until }: { tokenHash: string; email: string; until: Moment },
  { origin, browser, now }: { origin: string; browser: string; now: Moment },
): Promise<void> {
  await sql.query('delete from session where until <= $1', [now])
  await sql.query(
    `insert into session(token_hash, email, until, opened_at, origin, browser)
     values ($1, $2, $3, $4, $5, $6)`,
    [tokenHash, email, until, now, origin, browser],
  )
}

export type SessionRow = {
  id: string
  openedAt: Moment | null
  until: Moment
  origin: string | null
  browser: string | null
  own: boolean
}

/** The sessions of an account that last, the newest first; `own`: the hash of the one that asks. */
export const sessionsOf = (
  sql: Sql,
  email: string,
  { own, now }: { own: string; now: Moment },
): Promise<SessionRow[]> =>
  sql.query(
    `select left(token_hash, ${SHOWN_HASH}) as id, opened_at as "openedAt", until, origin, browser,
            token_hash = $2 as own
     from session where email = $1 and until > $3 order by until desc limit 200`,
    [email, own, now],
  )

/** Ends a session of an account, by what `sessionsOf` calls it. */
export async function endSessionOf(sql: Sql, email: string, id: string): Promise<void> {
  const session = `delete from session where email = $1 and left(token_hash, ${SHOWN_HASH}) = $2`
  await sql.query(session, [email, id])
}

/** Ends the sessions of an account, all but the one of this hash. */
export async function endOtherSessions(sql: Sql, email: string, but: string): Promise<void> {
  await sql.query('delete from session where email = $1 and token_hash <> $2', [email, but])
}

async function emailBySession(sql: Sql, tokenHash: string, now: number): Promise<string | null> {
  const [row] = await sql.query<{ email: string }>(
    'select email from session where token_hash = $1 and until > $2',
    [tokenHash, now],
  )
  return row?.email ?? null
}

async function endSession(sql: Sql, tokenHash: string): Promise<void> {
  await sql.query('delete from session where token_hash = $1', [tokenHash])
}
