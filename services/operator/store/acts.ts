import type { ActName } from '#core/access/acts.ts'
import type { Moment } from '#core/time.ts'
import type { Actor } from '#services/runtime/actors.ts'
import { type Conditions, where } from '#services/runtime/conditions.ts'
import type { PagePlace } from '#services/runtime/page-token.ts'
import type { Sql } from '#services/runtime/sql.ts'

/** What is done to what; of a register its client is found here. */
export type Act = {
  what: ActName
  register?: number | null
  unp?: string | null
  target?: string | null
  reason?: string | null
}

/** Writes an act down, in the transaction that carries it out. */
export async function recordAct(
  sql: Sql,
  { email, origin, now }: Actor,
  { what, register = null, unp = null, target = null, reason = null }: Act,
): Promise<void> {
  await sql.query(
    `insert into act(at, email, origin, what, register, unp, target, reason)
     values ($1, $2, $3, $4, $5,
             coalesce($6, (select unp from register where number = $5)), $7, $8)`,
    [now, email, origin, what, register, unp, target, reason],
  )
}

export type ActFilter = {
  person?: string | undefined
  what?: string | undefined
  register?: number | undefined
  unp?: string | undefined
  from?: Moment | undefined
  until?: Moment | undefined
  before?: PagePlace | undefined
}

export type ActRow = {
  id: number
  at: Moment
  person: string
  what: string
  register: number | null
  unp: string | null
  company: string | null
  target: string | null
  reason: string | null
  origin: string | null
}

/** Acts, the newest first; each filter has an index of its own. */
export function actsOf(
  sql: Sql,
  { person, what, register, unp, from, until, before }: ActFilter,
  limit: number,
): Promise<ActRow[]> {
  const all: Conditions = { texts: ['true'], values: [limit] }
  if (person !== undefined) where(all, 'email = ?', person)
  if (what !== undefined) where(all, 'what = ?', what)
  if (register !== undefined) where(all, 'register = ?', register)
  if (unp !== undefined) where(all, 'act.unp = ?', unp)
  if (from !== undefined) where(all, 'at >= ?', from)
  if (until !== undefined) where(all, 'at < ?', until)
  if (before) where(all, '(at, id) < (?, ?)', before.value, before.id)
  return sql.query(
    `select id, at, email as person, what, register, act.unp, company,
            target,
            reason, origin
     from act left join client on client.unp = act.unp
     where ${all.texts.join(' and ')} order by at desc, id desc limit $1`,
    all.values,
  )
}
