import type { EntryKind } from '#core/billing/ledger.ts'
import type { Kopecks } from '#core/money.ts'
import type { Sql } from '#services/runtime/sql.ts'

export type EntryRow = {
  id: number
  at: number
  kind: EntryKind
  account: string
  /** What it did to the personal account. */
  sum: Kopecks
  note: string | null
  undoes: number | null
  undone: boolean
}

const entries = `select e.id, e.at, e.kind, e.account, p.sum, e.note, e.undoes,
                        exists(select from entry u where u.undoes = e.id) as undone
                 from entry e
                 join posting p on p.entry = e.id and p.account = 'client:' || e.account`

/** Entries of an account, or of all (null), newest first. */
export const entriesOf = (
  sql: Sql,
  account: string | null,
  { before, limit }: { before: number | null; limit: number },
): Promise<EntryRow[]> =>
  sql.query(
    `${entries} where ($1::text is null or e.account = $1) and ($2::bigint is null or e.id < $2)
     order by e.id desc limit $3`,
    [account, before, limit],
  )

export async function entryOf(sql: Sql, id: number): Promise<EntryRow | null> {
  const [row] = await sql.query<EntryRow>(`${entries} where e.id = $1`, [id])
  return row ?? null
}

export async function entryByRequest(sql: Sql, request: string): Promise<EntryRow | null> {
  const [row] = await sql.query<EntryRow>(`${entries} where e.request = $1`, [request])
  return row ?? null
}
