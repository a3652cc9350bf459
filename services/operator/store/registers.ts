import type { Sql } from '#services/runtime/sql.ts'

export type RegisterRow = {
  device: string
  registerNumber: number
  place: string
  address: string
  number: number
  lastAt: number | null
  heardAt: number | null
  blocked: string | null
  forked: boolean
  forgotten: boolean
}

export const registersOf = (sql: Sql, unp: string): Promise<RegisterRow[]> =>
  sql.query(
    `select device.device, register as "registerNumber", place, address, device.number,
            document.at as "lastAt", heard_at as "heardAt", blocked,
            exists(select from quarantine q where q.device = device.device) as forked,
            exists(select from forgotten f
                   where f.device = device.device and f.number > device.number) as forgotten
     from register join device on device.register = register.number
     left join document on document.device = device.device and document.number = device.number
     where unp = $1 order by register, device.device`,
    [unp],
  )

/**
 * Blocks a register with a reason, or lifts the block (null), and writes down who did it. False
 * when there is no such register.
 */
export async function setBlocked(
  sql: Sql,
  { register, reason, email, now }: Block,
): Promise<boolean> {
  const rows = await sql.query(
    'update register set blocked = $2 where number = $1 returning number',
    [register, reason],
  )
  if (rows.length === 0) return false
  await sql.query(
    'insert into act(at, email, register, what, reason) values ($1, $2, $3, $4, $5)',
    [now, email, register, reason === null ? 'unblock' : 'block', reason],
  )
  return true
}

type Block = { register: number; reason: string | null; email: string; now: number }
