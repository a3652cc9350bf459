import { type Measure, type MeasureKind, standingMeasures } from '#core/operator/measure.ts'
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
    order by measure.id limit 1)`

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

/**
 * Lays a measure on a register in place of the one of its kind that stands, and writes down who did
 * it. The same again changes nothing. False when there is no such register.
 */
export async function setMeasure(
  sql: Sql,
  act: Laid,
  { reason, from, till }: Omit<Measure, 'kind'>,
): Promise<boolean> {
  const { register, kind, email, now } = act
  if (!(await holdRegister(sql, register))) return false
  const stand = (await measuresOf(sql, [register], now))(register)
  const same = standingMeasures(stand, now).some(
    (each) =>
      each.kind === kind &&
      each.reason === reason &&
      each.till === till &&
      (each.from === from || (each.inForce && from <= now)),
  )
  if (same) return true
  await lift(sql, act)
  await sql.query(
    `insert into measure(register, kind, reason, starts_at, ends_at, set_by, set_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [register, kind, reason, from, till, email, now],
  )
  await recordAct(sql, act, { what: kind === 'block' ? 'block' : 'warn', register, reason })
  return true
}

/** Lifts the measure of a kind that stands, if one does. False when there is no such register. */
export async function liftMeasure(
  sql: Sql,
  act: Laid,
  reason: string | null = null,
): Promise<boolean> {
  if (!(await holdRegister(sql, act.register))) return false
  if (await lift(sql, act)) {
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

async function lift(sql: Sql, { register, kind, email, now }: Laid): Promise<boolean> {
  const rows = await sql.query(
    `update measure set lifted_by = $3, lifted_at = $4
     where register = $1 and kind = $2 and ${measureStands('$4')} returning id`,
    [register, kind, email, now],
  )
  return rows.length > 0
}
