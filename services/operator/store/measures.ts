import {
  type Measure,
  type MeasureKind,
  MOST_STANDING,
  standingMeasures,
} from '#core/operator/measure.ts'
import type { Actor } from '#services/runtime/actors.ts'
import type { Sql } from '#services/runtime/sql.ts'
import { recordAct } from './acts.ts'

/** SQL: neither lifted nor over at the moment of parameter `now`. */
export const measureStands = (now: string): string =>
  `measure.lifted_at is null and (measure.ends_at is null or measure.ends_at > ${now})`

/** SQL: why the register is blocked at the moment of parameter `now`; null: it is not. */
export const blockedAt = (now: string): string =>
  `(select reason from measure
    where measure.register = register.number and kind = 'block' and starts_at <= ${now}
      and ${measureStands(now)}
    order by starts_at desc, measure.id desc limit 1)`

/** SQL: something of the kind is in force on `register` at the moment of parameter `now`. */
export const isInForce = (kind: MeasureKind, register: string, now: string): string =>
  `exists(select from measure
          where measure.register = ${register} and kind = '${kind}' and starts_at <= ${now}
            and ${measureStands(now)})`

const shown = `kind, reason, starts_at as "from", ends_at as till`

/** What stands against each of the registers, in force or ahead. */
export async function measuresOf(
  sql: Sql,
  registers: readonly number[],
  now: number,
): Promise<(register: number) => Measure[]> {
  const rows = await sql.query<Measure & { register: number }>(
    `select register, ${shown} from measure
     where register = any($1::integer[]) and ${measureStands('$2')} order by id`,
    [registers, now],
  )
  return (register) =>
    rows
      .filter((row) => row.register === register)
      .map(({ kind, reason, from, till }) => ({ kind, reason, from, till }))
}

export type MeasureRow = Measure & {
  id: number
  setBy: string
  setAt: number
  liftedBy: string | null
  liftedAt: number | null
}

const MOST_MEASURES = 200

/**
 * All that was ever laid on a register, the last first; null: there is no such register, or it is
 * not of the client `unp` (null: of any).
 */
export async function measureHistory(
  sql: Sql,
  register: number,
  unp: string | null,
): Promise<MeasureRow[] | null> {
  const [known] = await sql.query(
    'select from register where number = $1 and ($2::text is null or unp = $2)',
    [register, unp],
  )
  if (!known) return null
  return sql.query<MeasureRow>(
    `select id, ${shown}, set_by as "setBy", set_at as "setAt", lifted_by as "liftedBy",
            lifted_at as "liftedAt"
     from measure where register = $1 order by measure.id desc limit ${MOST_MEASURES}`,
    [register],
  )
}

type Laid = Actor & { register: number; kind: MeasureKind }

/** `many`: too many of the kind stand already. */
export type LaidOn = 'laid' | 'unknown' | 'many'

/**
 * Lays a measure on a register and writes down who did it. One that acts at once takes the place
 * of the one of its kind that is in force; what is ahead stands beside it. The same again changes
 * nothing.
 */
export async function setMeasure(
  sql: Sql,
  act: Laid,
  { reason, from, till }: Omit<Measure, 'kind'>,
): Promise<LaidOn> {
  const { register, kind, email, now } = act
  if (!(await holdRegister(sql, register))) return 'unknown'
  const all = standingMeasures((await measuresOf(sql, [register], now))(register), now)
  const stand = all.filter((each) => each.kind === kind)
  const same = stand.some(
    (each) =>
      each.reason === reason &&
      each.till === till &&
      (each.from === from || (each.inForce && from <= now)),
  )
  if (same) return 'laid'
  if (from <= now) await lift(sql, act, 'in-force')
  else if (stand.length >= MOST_STANDING) return 'many'
  await sql.query(
    `insert into measure(register, kind, reason, starts_at, ends_at, set_by, set_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [register, kind, reason, from, till, email, now],
  )
  await recordAct(sql, act, { what: kind === 'block' ? 'block' : 'warn', register, reason })
  return 'laid'
}

/**
 * Which of a kind are lifted: the one of this number, those in force, those ahead as well, or
 * (`nearest`) those in force and only where none is those ahead.
 */
export type Lifting = number | 'in-force' | 'all' | 'nearest'

/** Lifts what stands of a kind, if anything does. False when there is no such register. */
export async function liftMeasure(
  sql: Sql,
  act: Laid,
  { which, reason }: { which: Lifting; reason: string | null },
): Promise<boolean> {
  if (!(await holdRegister(sql, act.register))) return false
  const isLifted =
    which === 'nearest'
      ? (await lift(sql, act, 'in-force')) || (await lift(sql, act, 'all'))
      : await lift(sql, act, which)
  if (isLifted) {
    const what = act.kind === 'block' ? 'unblock' : 'unwarn'
    await recordAct(sql, act, { what, register: act.register, reason })
  }
  return true
}

/** One act at a time on a register; false: there is none. */
async function holdRegister(sql: Sql, register: number): Promise<boolean> {
  const rows = await sql.query('select from register where number = $1 for update', [register])
  return rows.length > 0
}

async function lift(
  sql: Sql,
  { register, kind, email, now }: Laid,
  which: Exclude<Lifting, 'nearest'>,
): Promise<boolean> {
  const rows = await sql.query(
    `update measure set lifted_by = $3, lifted_at = $4
     where register = $1 and kind = $2 and ${measureStands('$4')}
       and ($5::bigint is null or id = $5) and ($6 or starts_at <= $4) returning id`,
    [register, kind, email, now, typeof which === 'number' ? which : null, which !== 'in-force'],
  )
  return rows.length > 0
}
