import type { OfficeActName } from '#core/access/acts.ts'
import type { Actor, RecordAct } from '#services/runtime/actors.ts'
import type { Sql } from '#services/runtime/sql.ts'

/** What is done to what: a contract, equipment, an account; `contract`: whose it is. */
export type OfficeAct = {
  what: OfficeActName
  target: string | null
  contract?: string | null | undefined
  reason?: string | null | undefined
}

/** Writes an act down, in the transaction that carries it out. */
export async function noteAct(
  sql: Sql,
  { email, origin, now }: Actor,
  { what, target, contract, reason }: OfficeAct,
): Promise<void> {
  await sql.query(
    `insert into act(at, email, origin, what, target, contract, reason)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [now, email, origin, what, target, contract ?? null, reason ?? null],
  )
}

/** Acts of accounts of whichever cabinet, as this one writes them down. */
export const noteAccountAct: RecordAct = (sql, by, { what, client, target, reason }) =>
  noteAct(sql, by, { what, target: target ?? null, contract: client, reason })
