import type { OfficeActName } from '#core/access/acts.ts'
import type { OfficeActView } from '#core/api/office-acts.ts'
import type { Moment } from '#core/time.ts'
import type { Actor, RecordAct } from '#services/runtime/actors.ts'
import { type Conditions, where } from '#services/runtime/conditions.ts'
import type { PagePlace } from '#services/runtime/page-token.ts'
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

export type WantedActs = {
  person?: string | undefined
  what?: OfficeActName | undefined
  contract?: string | undefined
  /** How the target begins. */
  target?: string | undefined
  from?: Moment | undefined
  until?: Moment | undefined
  before?: PagePlace | undefined
}

/** Above whatever begins with a text. */
const BEYOND = '\u{10FFFF}'

/** Acts, the newest first; each filter has an index of its own. */
export function officeActsOf(
  sql: Sql,
  { person, what, contract, target, from, until, before }: WantedActs,
  limit: number,
): Promise<OfficeActView[]> {
  const all: Conditions = { texts: ['true'], values: [limit] }
  if (person !== undefined) where(all, 'email = ?', person)
  if (what !== undefined) where(all, 'what = ?', what)
  if (contract !== undefined) where(all, 'a.contract = ?', contract)
  if (target !== undefined) {
    const own = 'lower(target) collate "C"'
    where(all, `${own} >= lower(?) and ${own} < lower(?) || ?`, target, target, BEYOND)
  }
  if (from !== undefined) where(all, 'at >= ?', from)
  if (until !== undefined) where(all, 'at < ?', until)
  if (before) where(all, '(at, id) < (?, ?)', before.value, before.id)
  return sql.query(
    `select id, at, email as person, what, target, a.contract, company, reason, origin
     from act a left join contract c on c.number = a.contract
     where ${all.texts.join(' and ')} order by at desc, id desc limit $1`,
    all.values,
  )
}
