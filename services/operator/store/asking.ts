import type { TillQuestion } from '#core/operator/asking.ts'
import type { Sql } from '#services/runtime/sql.ts'

/** The till of a register: its key, and when it last told something new by it; null: never. */
export type AskingTill = { till: string; publicKey: string; askedAt: number | null }

/** Null: the register's till was enrolled by hand, and its key is not known here. */
export async function askingTill(sql: Sql, register: number): Promise<AskingTill | null> {
  const [row] = await sql.query<AskingTill>(
    `select till, public_key as "publicKey", asked_at as "askedAt" from till where register = $1`,
    [register],
  )
  return row ?? null
}

/** Keeps what is news in a till's question, which it has proved; an older one changes nothing. */
export async function keepQuestion(
  sql: Sql,
  till: string,
  { at, red, redSince }: TillQuestion,
): Promise<void> {
  await sql.query(
    `update till set asked_at = $2, red = $3, red_since = $4
     where till = $1 and (asked_at is null
       or asked_at < $2 and (red <> $3 or red_since is distinct from $4))`,
    [till, at, red, redSince],
  )
}
