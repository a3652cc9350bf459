import { type RegisterState, registerStates } from '#core/operator/health.ts'
import { DAY, HOUR, MINUTE, type Moment } from '#core/time.ts'
import type { Sql } from '#services/runtime/sql.ts'
import { stateCondition } from './fleet.ts'

/** Within how long a device was last heard; the rest is longer ago. */
export const heardWithin = [5 * MINUTE, HOUR, DAY, 7 * DAY] as const

type Counted = { registers: number } & Record<string, number>

/** Counts all registers by what they are in and when they were heard, in one reading of them. */
export async function countFleet(sql: Sql, now: Moment) {
  const amiss = registerStates.filter((state) => state !== 'working')
  // Each is asked once of a register, and counted after that.
  const signs = amiss.map((state) => `${stateCondition(state)} as "${state}"`)
  const states = [
    ...amiss.map((state) => `count(*) filter (where "${state}") as "${state}"`),
    `count(*) filter (where not (${amiss.map((state) => `"${state}"`).join(' or ')})) as working`,
  ]
  const within = heardWithin.map(
    (ms) => `count(*) filter (where heard_at >= $1::bigint - ${ms}) as "within ${ms}"`,
  )
  const [row] = await sql.query<Counted>(
    `select count(*) as registers, count(heard_at) as heard, ${[...states, ...within].join(', ')}
     from (select d.heard_at, ${signs.join(', ')}
           from register r left join device d on d.register = r.number and d.retired_at is null
           where $1::bigint is not null) each_register`,
    [now],
  )
  const of = (name: string): number => row?.[name] ?? 0
  const upTo = heardWithin.map((ms) => of(`within ${ms}`))
  const heard = heardWithin.map((ms, place) => ({
    upToMs: ms,
    count: (upTo[place] ?? 0) - (upTo[place - 1] ?? 0),
  }))
  const longAgo = { upToMs: Number.MAX_SAFE_INTEGER, count: of('heard') - (upTo.at(-1) ?? 0) }
  const never = { upToMs: null, count: of('registers') - of('heard') }
  return {
    registers: of('registers'),
    states: registerStates.map((state: RegisterState) => ({ state, count: of(state) })),
    heard: [...heard, longAgo, never],
  }
}

export type TrafficRow = { at: Moment; accepted: number; refused: number }

/** Minutes in which there was something, of all gateways together. */
export const trafficSince = (sql: Sql, from: Moment): Promise<TrafficRow[]> =>
  sql.query(
    `select minute as at, sum(accepted) as accepted, sum(refused) as refused
     from traffic where minute >= $1 group by minute order by minute`,
    [from],
  )

/** Refusals by cause since a Minsk day, the most frequent first. */
export const rejectionsSince = (
  sql: Sql,
  from: Moment,
): Promise<{ code: string; count: number }[]> =>
  sql.query(
    `select code, sum(count) as count from rejection where last_at >= $1
     group by code order by sum(count) desc, code`,
    [from],
  )
