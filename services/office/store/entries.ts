import type { Day } from '#core/billing/calendar.ts'
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
  /** Of a charge: for which till, by which tariff, from which day. */
  charge: { serial: string; tariff: string; on: Day } | null
  undoes: number | null
  undone: boolean
}

/** A charge is written down as «serial tariff day» (`takeDue`). */
const part = (n: number) => `split_part(e.note, ' ', ${n})`
const TARIFF = `coalesce((select name from tariff where tariff = ${part(2)}), ${part(2)})`
const CHARGE = `case when e.kind = 'charge' then
                  json_build_object('serial', ${part(1)}, 'tariff', ${TARIFF}, 'on', ${part(3)})
                end`

const entries = `select e.id, e.at, e.kind, e.account, p.sum, e.undoes,
                        case when e.kind <> 'charge' then e.note end as note,
                        ${CHARGE} as charge,
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
