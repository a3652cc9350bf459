import type { Sql } from '#services/runtime/sql.ts'

export type OwnDeviceRow = {
  device: string
  registerNumber: number
  /** Of the last document stored, and when that was made. */
  number: number
  lastAt: number | null
}

/** A device of the client's own; null: it has none of that name, whoever else may. */
export async function ownDeviceOf(
  sql: Sql,
  unp: string,
  device: string,
): Promise<OwnDeviceRow | null> {
  const [row] = await sql.query<OwnDeviceRow>(
    `select device.device, register as "registerNumber", device.number, document.at as "lastAt"
     from register join device on device.register = register.number
     left join document on document.device = device.device and document.number = device.number
     where unp = $1 and device.device = $2`,
    [unp, device],
  )
  return row ?? null
}
