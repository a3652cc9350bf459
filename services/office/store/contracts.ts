import type { ClientRole } from '#core/access/roles.ts'
import { assert } from '#core/assert.ts'
import type { Kopecks } from '#core/money.ts'
import type { Language } from '#core/words/language.ts'
import type { Sql } from '#services/runtime/sql.ts'

export type ContractRow = {
  number: string
  unp: string
  company: string
  account: string
  balance: Kopecks
  concludedAt: number | null
  endedAt: number | null
}

const contracts = `select number, unp, company, c.account, concluded_at as "concludedAt",
                          ended_at as "endedAt",
                          (select coalesce(sum(sum), 0)::bigint from posting
                           where posting.account = 'client:' || c.account) as balance
                   from contract c`

/** All contracts, or the one of this number. */
export const contractsOf = (sql: Sql, number: string | null): Promise<ContractRow[]> =>
  sql.query(`${contracts} where ($1::text is null or number = $1) order by number limit 1000`, [
    number,
  ])

export async function contractOf(sql: Sql, number: string): Promise<ContractRow | null> {
  const [row] = await contractsOf(sql, number)
  return row ?? null
}

/** Whose personal account it is; null: nobody's. */
export async function contractOfAccount(sql: Sql, account: string): Promise<string | null> {
  const [row] = await sql.query<{ number: string }>(
    'select number from contract where account = $1',
    [account],
  )
  return row?.number ?? null
}

export const isContractInForce = ({ concludedAt, endedAt }: ContractRow): boolean =>
  concludedAt !== null && endedAt === null

export async function saveContract(
  sql: Sql,
  { number, unp, company }: { number: string; unp: string; company: string },
): Promise<void> {
  await sql.query(
    `insert into contract(number, unp, company) values ($1, $2, $3)
     on conflict (number) do update set unp = $2, company = $3`,
    [number, unp, company],
  )
}

export async function conclude(sql: Sql, number: string, now: number): Promise<void> {
  await sql.query('update contract set concluded_at = $2, ended_at = null where number = $1', [
    number,
    now,
  ])
}

export async function endContract(sql: Sql, number: string, now: number): Promise<void> {
  await sql.query('update contract set ended_at = $2 where number = $1 and ended_at is null', [
    number,
    now,
  ])
}

export type EquipmentRow = {
  serial: string
  contract: string | null
  company: string | null
  /** Of the contract; null: there is none. */
  account: string | null
  version: string | null
  unp: string | null
  heardAt: number | null
}

const equipment = `select serial, e.contract, company, account, version, e.unp,
                          heard_at as "heardAt"
                   from equipment e left join contract c on c.number = e.contract
                   where retired_at is null`

/** Equipment under a contract, or all (null). */
export const equipmentOf = (sql: Sql, contract: string | null): Promise<EquipmentRow[]> =>
  sql.query(`${equipment} and ($1::text is null or e.contract = $1) order by serial limit 1000`, [
    contract,
  ])

export async function equipmentBySerial(sql: Sql, serial: string): Promise<EquipmentRow | null> {
  const [row] = await sql.query<EquipmentRow>(`${equipment} and serial = $1`, [serial])
  return row ?? null
}

export async function saveEquipment(
  sql: Sql,
  serial: string,
  contract: string | null,
): Promise<void> {
  await sql.query(
    `insert into equipment(serial, contract) values ($1, $2)
     on conflict (serial) do update
     set contract = $2, retired_at = null, report_key = null`,
    [serial, contract],
  )
}

export async function retireEquipment(sql: Sql, serial: string, now: number): Promise<void> {
  await sql.query('update equipment set retired_at = $2 where serial = $1', [serial, now])
  // Nobody pays on for what is not there.
  await sql.query('update subscription set renews = false where serial = $1', [serial])
}

/** What a till told of itself. */
export async function noteTill(
  sql: Sql,
  { serial, version, unp, now }: { serial: string; version: string; unp: string; now: number },
): Promise<void> {
  await sql.query('update equipment set version = $2, unp = $3, heard_at = $4 where serial = $1', [
    serial,
    version,
    unp,
    now,
  ])
}

/**
 * The number of the next lease, above all that were signed. `wasBehind`: this store knew nothing of
 * the one that was shown to it.
 */
export async function nextLease(
  sql: Sql,
  shown: number,
): Promise<{ number: number; wasBehind: boolean }> {
  const next = `select nextval('lease_number')::bigint as number`
  const [row] = await sql.query<{ number: number }>(next)
  if (row && row.number > shown) return { number: row.number, wasBehind: false }
  // Another till may have lifted it further meanwhile.
  const lift = `select setval('lease_number', greatest($1::bigint, last_value)) from lease_number`
  await sql.query(lift, [shown])
  const [lifted] = await sql.query<{ number: number }>(next)
  assert(lifted, 'a sequence has a next number')
  return { number: lifted.number, wasBehind: true }
}

/** Keeps an own lease that this store knows nothing of; true: it was not known before. */
export async function keepForgottenLease(
  sql: Sql,
  { counter, lease, now }: { counter: number; lease: string; now: number },
): Promise<boolean> {
  const rows = await sql.query(
    `insert into forgotten(counter, lease, seen_at) values ($1, $2, $3)
     on conflict do nothing returning counter`,
    [counter, lease, now],
  )
  return rows.length > 0
}

export type OfficeAccount = {
  email: string
  role: 'client' | 'staff'
  /** What it may at its client; of staff it says nothing. */
  clientRole: ClientRole
  /** Number of the client's contract, its personal account and company; null for staff. */
  contract: string | null
  account: string | null
  company: string | null
  unp: string | null
  language: Language | null
  secondFactor: boolean
}

/** Null: there is none, or it is disabled. */
export async function officeAccountOf(sql: Sql, email: string): Promise<OfficeAccount | null> {
  const [row] = await sql.query<OfficeAccount>(
    `select email, role, client_role as "clientRole", a.contract, c.account, company, c.unp,
            language, exists(select from second_factor f
                             where f.email = a.email and confirmed_at is not null) as "secondFactor"
     from account a left join contract c on c.number = a.contract
     where email = $1 and disabled_at is null`,
    [email],
  )
  return row ?? null
}
