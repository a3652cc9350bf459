import type { Attempts } from '#core/lockout.ts'
import type { Moment } from '#core/time.ts'
import type { Sql } from '#services/runtime/sql.ts'

export type FactorRow = Attempts & {
  /** As it is wrapped. */
  secret: string
  confirmedAt: Moment | null
  lastStep: number
}

/** An account's second factor, held until the transaction ends; null: there is none. */
export async function lockFactor(sql: Sql, email: string): Promise<FactorRow | null> {
  const [row] = await sql.query<FactorRow>(
    `select secret, confirmed_at as "confirmedAt", last_step as "lastStep", wrong,
            wrong_at as "lastAt"
     from second_factor where email = $1 for update`,
    [email],
  )
  return row ?? null
}

/** A secret that waits for its first code, in place of one that waited before. */
export async function offerFactor(sql: Sql, email: string, secret: string): Promise<void> {
  await sql.query(
    `insert into second_factor(email, secret) values ($1, $2)
     on conflict (email) do update set secret = $2, last_step = 0
     where second_factor.confirmed_at is null`,
    [email, secret],
  )
}

export async function confirmFactor(
  sql: Sql,
  email: string,
  { now, codes }: { now: Moment; codes: readonly string[] },
): Promise<void> {
  await sql.query('update second_factor set confirmed_at = $2 where email = $1', [email, now])
  await sql.query('insert into recovery_code(email, code_hash) select $1, unnest($2::text[])', [
    email,
    codes,
  ])
}

/** False: somebody else has taken this step, or a later one. */
export async function takeStep(sql: Sql, email: string, step: number): Promise<boolean> {
  const rows = await sql.query(
    `update second_factor set last_step = $2 where email = $1 and last_step < $2
     returning email`,
    [email, step],
  )
  return rows.length > 0
}

/** False: there is no such recovery code, or it was used. */
export async function takeRecoveryCode(
  sql: Sql,
  email: string,
  { hash, now }: { hash: string; now: Moment },
): Promise<boolean> {
  const rows = await sql.query(
    `update recovery_code set used_at = $3
     where email = $1 and code_hash = $2 and used_at is null returning email`,
    [email, hash, now],
  )
  return rows.length > 0
}

export async function setFactorAttempts(sql: Sql, email: string, to: Attempts): Promise<void> {
  await sql.query('update second_factor set wrong = $2, wrong_at = $3 where email = $1', [
    email,
    to.wrong,
    to.lastAt,
  ])
}

/** True: there was one that worked. */
export async function dropFactor(sql: Sql, email: string): Promise<boolean> {
  const rows = await sql.query<{ confirmed: boolean }>(
    'delete from second_factor where email = $1 returning confirmed_at is not null as confirmed',
    [email],
  )
  return rows[0]?.confirmed ?? false
}
