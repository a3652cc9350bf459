import type { Attempts } from '#core/lockout.ts'
import type { Language } from '#core/words/language.ts'
import type { Sql } from '#services/runtime/sql.ts'

export type AccountRow = {
  email: string
  role: 'client' | 'staff'
  unp: string | null
  company: string | null
  /** What it chose to read; null: it never did. */
  language: Language | null
}

/** An account and the hash of its password. */
export async function accountOf(
  sql: Sql,
  email: string,
): Promise<(AccountRow & { secret: string }) | null> {
  const [row] = await sql.query<AccountRow & { secret: string }>(
    `select email, role, account.unp, company, language, secret
     from account left join client on client.unp = account.unp where email = $1`,
    [email],
  )
  return row ?? null
}

/** Holds the account's row, so that guesses made at once are counted one by one. */
export async function lockAccount(sql: Sql, email: string): Promise<Attempts | null> {
  const [row] = await sql.query<Attempts>(
    'select wrong, wrong_at as "lastAt" from account where email = $1 for update',
    [email],
  )
  return row ?? null
}

export async function setAttempts(sql: Sql, email: string, attempts: Attempts): Promise<void> {
  await sql.query('update account set wrong = $2, wrong_at = $3 where email = $1', [
    email,
    attempts.wrong,
    attempts.lastAt,
  ])
}

export async function setLanguage(sql: Sql, email: string, to: Language): Promise<void> {
  await sql.query('update account set language = $2 where email = $1', [email, to])
}

export async function openSession(
  sql: Sql,
  session: { tokenHash: string; email: string; until: number; now: number },
): Promise<void> {
  await sql.query('delete from session where until <= $1', [session.now])
  await sql.query('insert into session(token_hash, email, until) values ($1, $2, $3)', [
    session.tokenHash,
    session.email,
    session.until,
  ])
}

export async function sessionOf(
  sql: Sql,
  tokenHash: string,
  now: number,
): Promise<AccountRow | null> {
  const [row] = await sql.query<AccountRow>(
    `select account.email, role, account.unp, company, language
     from session join account on account.email = session.email
     left join client on client.unp = account.unp
     where token_hash = $1 and until > $2`,
    [tokenHash, now],
  )
  return row ?? null
}

export async function endCabinetSession(sql: Sql, tokenHash: string): Promise<void> {
  await sql.query('delete from session where token_hash = $1', [tokenHash])
}
