import type { Sql } from '#services/runtime/sql.ts'
import { redColumns, reportColumns } from './fleet.ts'
import { blockedAt } from './measures.ts'

export type RegisterRow = {
  device: string
  registerNumber: number
  place: string
  address: string
  number: number
  lastAt: number | null
  heardAt: number | null
  made: number | null
  oldestUnsentAt: number | null
  version: string | null
  red: number | null
  redSince: number | null
  blocked: string | null
  forked: boolean
  forgotten: boolean
}

/** A client's registers, as they are at a moment. */
export const registersOf = (sql: Sql, unp: string, now: number): Promise<RegisterRow[]> =>
  sql.query(
    `select device.device, register as "registerNumber", place, address, device.number,
            document.at as "lastAt", heard_at as "heardAt", ${blockedAt('$2')} as blocked,
            ${reportColumns('device')}, ${redColumns('register.number')},
            exists(select from quarantine q where q.device = device.device) as forked,
            exists(select from forgotten f
                   where f.device = device.device and f.number > device.number) as forgotten
     from register join device on device.register = register.number
     left join document on document.device = device.device and document.number = device.number
     where unp = $1 and retired_at is null order by register, device.device`,
    [unp, now],
  )
