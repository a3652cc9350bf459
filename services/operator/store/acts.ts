import type { ActName } from '#core/access/acts.ts'
import type { Moment } from '#core/time.ts'
import type { Actor } from '#services/runtime/actors.ts'
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

/** Where a page of acts ended. */
export type ActPlace = { at: Moment; id: number }

export type ActFilter = {
  person?: string | undefined
  what?: string | undefined
  register?: number | undefined
  unp?: string | undefined
  from?: Moment | undefined
  until?: Moment | undefined
  before?: ActPlace | undefined
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
  const parameters: unknown[] = [limit]
  const wanted = ['true']
  const where = (condition: string, ...values: unknown[]) => {
    const first = parameters.length
    parameters.push(...values)
    wanted.push(condition.replace(/\?(\d)/g, (_, place: string) => `$${first + Number(place)}`))
  }
  if (person !== undefined) where('email = ?1', person)
  if (what !== undefined) where('what = ?1', what)
  if (register !== undefined) where('register = ?1', register)
  if (unp !== undefined) where('act.unp = ?1', unp)
  if (from !== undefined) where('at >= ?1', from)
  if (until !== undefined) where('at < ?1', until)
  if (before) where('(at, id) < (?1, ?2)', before.at, before.id)
  return sql.query(
    `select id, at, email as person, what, register, act.unp, company,
            target,
            reason, origin
     from act left join client on client.unp = act.unp
     where ${wanted.join(' and ')} order by at desc, id desc limit $1`,
    parameters,
  )
}
