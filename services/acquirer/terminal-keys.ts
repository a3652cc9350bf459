import type { TerminalKey } from '#services/runtime/line-seal.ts'
import { unwrapSecret, wrapSecret } from '#services/runtime/secret.ts'
import type { Sql } from '#services/runtime/sql.ts'

// A copy of the database alone opens no line: the keys in it lie under one that is in a file.

/** A terminal's key by its id; null: the terminal has none by that name. */
export async function keyOf(
  sql: Sql,
  { terminal, id }: { terminal: string; id: string },
  under: string,
): Promise<TerminalKey | null> {
  const [row] = await sql.query<{ wrapped: string }>(
    'select wrapped from terminal_key where terminal = $1 and key = $2',
    [terminal, id],
  )
  const secret = row && unwrapSecret(under, row.wrapped, `${terminal} ${id}`)
  return secret ? { id, secret } : null
}

/** Gives a terminal one more key; what is there under that name stays. False: no such terminal. */
export async function giveKey(
  sql: Sql,
  { terminal, key: { id, secret } }: { terminal: string; key: TerminalKey },
  under: string,
): Promise<boolean> {
  const rows = await sql.query(
    `insert into terminal_key(terminal, key, wrapped)
     select terminal, $2, $3 from terminal where terminal = $1
     on conflict (terminal, key) do update set key = excluded.key returning key`,
    [terminal, id, wrapSecret(under, secret, `${terminal} ${id}`)],
  )
  return rows.length > 0
}

/** From now on nothing is believed that comes under this key. */
export async function takeKey(
  sql: Sql,
  { terminal, id }: { terminal: string; id: string },
): Promise<void> {
  await sql.query('delete from terminal_key where terminal = $1 and key = $2', [terminal, id])
}
