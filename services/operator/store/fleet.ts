import type { ListedRegister } from '#core/api/operator-cabinet/fleet.ts'
import {
  LATE_MS,
  RED_MS,
  type RegisterSigns,
  type RegisterState,
  SILENT_MS,
  UNSENT_MS,
} from '#core/operator/health.ts'
import type { Moment } from '#core/time.ts'
import type { Sql } from '#services/runtime/sql.ts'
import { isInForce } from './measures.ts'

// What the operator's people see of all clients. Each query reads as many rows as there are clients
// or registers at most: none grows with the documents.

export type FleetPlace = { register: number; device: string }
export type FleetFilter = {
  search?: string | undefined
  state?: RegisterState | undefined
  unp?: string | undefined
  after?: FleetPlace | undefined
}

/** SQL: a document of device `d` waits for longer than that. */
const waits = (longMs: number): string =>
  `coalesce(d.made > d.number and d.oldest_unsent_at < $1::bigint - ${longMs}, false)`

/** What holds of register `r` and its device `d`; `$1` is the present moment. */
const conditions: Record<Exclude<RegisterState, 'working'>, string> = {
  forked: 'exists(select from quarantine q where q.device = d.device)',
  'put-back': `exists(select from forgotten f
                      where f.device = d.device and f.number > d.number)`,
  blocked: isInForce('block', 'r.number', '$1'),
  red: `coalesce((select t.red > 0 and t.red_since < $1::bigint - ${RED_MS}
                  from till t where t.register = r.number), false)`,
  late: waits(LATE_MS),
  unsent: waits(UNSENT_MS),
  warned: isInForce('warning', 'r.number', '$1'),
  silent: `(d.heard_at is null or d.heard_at < $1::bigint - ${SILENT_MS})`,
}
const anything = Object.values(conditions).join(' or ')
/** SQL: register `r` with device `d` is in the state at the moment `$1`. */
export const stateCondition = (state: RegisterState): string =>
  state === 'working' ? `not (${anything})` : conditions[state]

/** SQL: what a device told of itself, as far as it still holds. */
export const reportColumns = (d: string): string =>
  `${d}.made, ${d}.version,
   case when ${d}.made > ${d}.number then ${d}.oldest_unsent_at end as "oldestUnsentAt"`

/** SQL: red receipts of register `number`, as its till has told; null: it never did. */
export const redColumns = (number: string): string => {
  const told = `from till t where t.register = ${number} and t.asked_at is not null`
  return `(select t.red ${told}) as red,
          (select case when t.red > 0 then t.red_since end ${told}) as "redSince"`
}

const signs = `${conditions.forked} as forked, ${conditions['put-back']} as forgotten,
               ${conditions.blocked} as blocked, ${conditions.warned} as warned,
               ${reportColumns('d')}, ${redColumns('r.number')}`

/** How a text is looked for: anywhere in a name, whatever its letters' case. */
const anywhere = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`
const atStart = (text: string): string => `${text.replace(/[\\%_]/g, '\\$&')}%`

type Row = Omit<ListedRegister, 'states' | 'device'> & {
  device: string | null
  number: number
  lastAt: Moment | null
  storedAt: Moment | null
  made: number | null
  version: string | null
  red: number | null
} & RegisterSigns

/** Registers of all clients with their devices, in the order of their numbers. */
export async function fleetOf(
  sql: Sql,
  { search = '', state, unp, after }: FleetFilter,
  { limit, now }: { limit: number; now: Moment },
): Promise<Row[]> {
  const parameters: unknown[] = [now, limit]
  const wanted: string[] = ['true']
  const where = (condition: string, ...values: unknown[]) => {
    const first = parameters.length
    parameters.push(...values)
    wanted.push(condition.replace(/\?(\d)/g, (_, place: string) => `$${first + Number(place)}`))
  }
  if (after) where("(r.number, coalesce(d.device, '')) > (?1, ?2)", after.register, after.device)
  if (unp !== undefined) where('r.unp = ?1', unp)
  if (state !== undefined) wanted.push(stateCondition(state))
  if (search !== '') {
    where(
      `(r.number::text like ?1 or r.unp like ?1 or d.device ilike ?1
        or concat_ws(' ', company, place, address) ilike ?2)`,
      atStart(search),
      anywhere(search),
    )
  }
  return sql.query<Row>(
    `select page.*, last.at as "lastAt", last.stored_at as "storedAt"
     from (select r.number as "registerNumber", r.unp, company, place, address, d.device,
                  coalesce(d.number, 0) as number, d.heard_at as "heardAt", ${signs}
           from register r join client on client.unp = r.unp
           left join device d on d.register = r.number and d.retired_at is null
           where $1::bigint is not null and ${wanted.join(' and ')}
           order by r.number, coalesce(d.device, '') limit $2) page
     left join lateral (
       select at, stored_at from document
       where document.device = page.device and document.number = page.number) last on true
     order by "registerNumber", device nulls first`,
    parameters,
  )
}

export type ClientRow = { unp: string; company: string; registers: number }

/** Clients in the order of their UNP, each with the number of its registers. */
export const clientsOf = (
  sql: Sql,
  { search = '', after = '', limit }: { search?: string; after?: string; limit: number },
): Promise<ClientRow[]> =>
  sql.query(
    `select unp, company,
            (select count(*) from register where register.unp = page.unp) as registers
     from (select unp, company from client
           where unp > $1 and ($2 = '' or unp like $3 or company ilike $4)
           order by unp limit $5) page
     order by unp`,
    [after, search, atStart(search), anywhere(search), limit],
  )

type DeviceRow = Row & {
  device: string
  hash: string
  publicKey: string
  forks: number
  /** Acknowledgements of more than is held. */
  lost: number
  marked: number
  retiredAt: Moment | null
  retiredBy: string | null
  retiredReason: string | null
}

/** More pieces of evidence of a device than this are not counted. */
const MOST = 1000

/** The devices of one register; a register without one gives a row whose device is null. */
export const registerDevices = (
  sql: Sql,
  { register, now }: { register: number; now: Moment },
): Promise<(Omit<DeviceRow, 'device'> & { device: string | null })[]> => {
  const count = (from: string) => `(select count(*) from (select from ${from} limit ${MOST}) few)`
  return sql.query(
    `select r.number as "registerNumber", r.unp, company, place, address, d.device,
            coalesce(d.number, 0) as number, coalesce(d.hash, '') as hash,
            coalesce(d.key_changes::jsonb -> -1 -> 'change' ->> 'publicKey', d.public_key, '')
              as "publicKey", d.heard_at as "heardAt",
            d.retired_at as "retiredAt", d.retired_by as "retiredBy",
            d.retired_reason as "retiredReason",
            last.at as "lastAt", last.stored_at as "storedAt", ${signs},
            ${count('quarantine q where q.device = d.device')} as forks,
            ${count('forgotten f where f.device = d.device and f.number > d.number')} as lost,
            ${count('document m where m.device = d.device and m.marks is not null')} as marked
     from register r join client on client.unp = r.unp
     left join device d on d.register = r.number
     left join document last on last.device = d.device and last.number = d.number
     where $1::bigint is not null and r.number = $2
     order by d.retired_at desc nulls first, d.device`,
    [now, register],
  )
}
