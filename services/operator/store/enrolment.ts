import { assert } from '#core/assert.ts'
import type { Attempts } from '#core/lockout.ts'
import type { Enrollee, EnrolmentRequest, RegisterPlace } from '#core/operator/enrolment.ts'
import { DAY } from '#core/time.ts'
import type { Sql } from '#services/runtime/sql.ts'

/** A request as it is kept. Whoever changes it holds its row. */
export type EnrolmentRow = Enrollee &
  EnrolmentRequest & {
    requestHash: string
    code: string
    address: string
    askedAt: number
    register: number | null
  }

const columns = `request_hash as "requestHash", code, kind, serial, public_key as "publicKey",
  agreement, address, state, asked_at as "askedAt", expires_at as "expiresAt", poll,
  polled_at as "polledAt", wait_ms as "waitMs", register`

const one = async (sql: Sql, condition: string, value: string): Promise<EnrolmentRow | null> => {
  const [row] = await sql.query<EnrolmentRow>(
    `select ${columns} from enrolment where ${condition} for update`,
    [value],
  )
  return row ?? null
}

/** The undecided request of a key. */
export const openRequestOf = (sql: Sql, publicKey: string) =>
  one(sql, `public_key = $1 and state = 'asked'`, publicKey)

export const requestByHash = (sql: Sql, requestHash: string) =>
  one(sql, 'request_hash = $1', requestHash)

/** The undecided request behind a code, expired or not. */
export const requestByCode = (sql: Sql, code: string) =>
  one(sql, `code = $1 and state = 'asked'`, code)

export async function keepRequest(sql: Sql, row: EnrolmentRow): Promise<void> {
  await sql.query(
    `insert into enrolment(request_hash, code, kind, serial, public_key, agreement, address, state,
                           asked_at, expires_at, poll, polled_at, wait_ms, register)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      row.requestHash,
      row.code,
      row.kind,
      row.serial,
      row.publicKey,
      row.agreement,
      row.address,
      row.state,
      row.askedAt,
      row.expiresAt,
      row.poll,
      row.polledAt,
      row.waitMs,
      row.register,
    ],
  )
}

export const forgetRequest = (sql: Sql, requestHash: string) =>
  sql.query('delete from enrolment where request_hash = $1', [requestHash])

/** Keeps what a poll made of a request. */
export async function keepPoll(
  sql: Sql,
  requestHash: string,
  { poll, polledAt, waitMs }: EnrolmentRequest,
): Promise<void> {
  await sql.query(
    'update enrolment set poll = $2, polled_at = $3, wait_ms = $4 where request_hash = $1',
    [requestHash, poll, polledAt, waitMs],
  )
}

/** Keeps a person's word on a request; `register`: what was enrolled for it. */
export async function keepDecision(
  sql: Sql,
  requestHash: string,
  { state, email, register, now }: Decision,
): Promise<void> {
  await sql.query(
    `update enrolment set state = $2, ended_by = $3, register = $4, ended_at = $5
     where request_hash = $1`,
    [requestHash, state, email, register, now],
  )
}

type Decision = {
  state: EnrolmentRequest['state']
  email: string
  register: number | null
  now: number
}

/** How many undecided requests an address has; those that nobody can confirm are forgotten. */
export async function openRequestsAt(sql: Sql, address: string, now: number): Promise<number> {
  await sql.query(`delete from enrolment where state = 'asked' and expires_at < $1`, [now - DAY])
  const [row] = await sql.query<{ count: number }>(
    `select count(*)::integer as count from enrolment
     where state = 'asked' and address = $1 and expires_at > $2`,
    [address, now],
  )
  return row?.count ?? 0
}

// Who is enrolled

/** Whose a key is, or a serial number: a key and a number belong to each other for ever. */
export async function enrolledAs(
  sql: Sql,
  { kind, serial, publicKey }: Enrollee,
): Promise<{ register: number; isSame: boolean } | null> {
  const [table, name] = kind === 'sko' ? ['device', 'device'] : ['till', 'till']
  const [row] = await sql.query<{ register: number; isSame: boolean }>(
    `select register, ${name} = $1 and public_key = $2 as "isSame"
     from ${table} where ${name} = $1 or public_key = $2 order by 2 desc limit 1`,
    [serial, publicKey],
  )
  return row ?? null
}

export type EnrolmentPlaceRow = RegisterPlace & {
  registerNumber: number
  unp: string
  company: string
  place: string
  address: string
  /** Of the device: the last document that it told of, and that is held. */
  made: number | null
  head: number
}

const placeRows = `
  select register.number as "registerNumber", register.unp, company, place, register.address,
         present.device, present.made, coalesce(present.number, 0) as head,
         (select till from till where till.register = register.number) as till
  from register join client on client.unp = register.unp
  left join lateral (
    select device, made, number from device
    where device.register = register.number and retired_at is null
    order by enrolled_at desc nulls last, device limit 1) present on true`

/** Registers whose numbers begin so, of one client or of all (null). */
export const enrolmentPlacesOf = (
  sql: Sql,
  unp: string | null,
  { number, limit }: { number: string; limit: number },
): Promise<EnrolmentPlaceRow[]> => {
  // A number has nine digits: its beginning is a range of numbers, which the index finds.
  const [from, until] = [number.padEnd(9, '0'), number.padEnd(9, '9')]
  return sql.query(
    `${placeRows} where ($1::text is null or register.unp = $1)
       and register.number between $2 and $3 order by register.number limit $4`,
    [unp, Number(from), Number(until), limit],
  )
}

/** Holds a register's row: one thing at a time is enrolled for it. Null: not the client's. */
export async function lockPlace(
  sql: Sql,
  unp: string | null,
  register: number,
): Promise<EnrolmentPlaceRow | null> {
  const held = await sql.query(
    'select from register where number = $1 and ($2::text is null or unp = $2) for update',
    [register, unp],
  )
  if (held.length === 0) return null
  const [row] = await sql.query<EnrolmentPlaceRow>(`${placeRows} where register.number = $1`, [
    register,
  ])
  return row ?? null
}

export async function enrolDevice(sql: Sql, row: Enrollee, at: EnrolledAt): Promise<void> {
  await sql.query(
    `insert into device(device, register, public_key, agreement, enrolled_at)
     values ($1, $2, $3, $4, $5)`,
    [row.serial, at.register, row.publicKey, row.agreement, at.now],
  )
}

/** Seals a device's chain at its head for ever; null: it is not there, or not the client's. */
export async function retireDevice(
  sql: Sql,
  { device, unp, reason }: { device: string; unp: string | null; reason: string },
  { email, now }: { email: string; now: number },
): Promise<RetiredRow | null> {
  const [row] = await sql.query<RetiredRow>(
    `select register, device.number, made, retired_at is not null as retired from device
     join register on register.number = device.register
     where device = $1 and ($2::text is null or unp = $2) for update of device`,
    [device, unp],
  )
  if (!row || row.retired) return row ?? null
  await sql.query(
    `update device set retired_at = $2, retired_by = $3, retired_reason = $4 where device = $1`,
    [device, now, email, reason],
  )
  return row
}

/** `retired`: it was so before. `made`: of the last document that the device told of. */
export type RetiredRow = { register: number; number: number; made: number | null; retired: boolean }

/** The till takes the place of the one that was there. */
export async function enrolTill(sql: Sql, row: Enrollee, at: EnrolledAt): Promise<void> {
  await sql.query('delete from till where register = $1', [at.register])
  await sql.query(
    `insert into till(till, register, public_key, agreement, enrolled_at)
     values ($1, $2, $3, $4, $5)`,
    [row.serial, at.register, row.publicKey, row.agreement, at.now],
  )
}

type EnrolledAt = { register: number; now: number }

/** All that whoever is enrolled is told; `till`: where it is one. */
export type EnrolledRow = Omit<EnrolmentPlaceRow, 'device' | 'till' | 'made' | 'head'> & {
  number: number
  /** The last shift of the devices that were at the register before; 0: none. */
  lastShift: number
  device: { serial: string; publicKey: string; agreement: string | null }
  till: { serial: string; agreement: string; at: number } | null
}

/** What is enrolled under a serial number; null: nothing is. */
export async function enrolledOf(
  sql: Sql,
  { kind, serial }: Pick<Enrollee, 'kind' | 'serial'>,
): Promise<EnrolledRow | null> {
  const own = kind === 'sko' ? 'device.device = $1' : 'till.till = $1'
  const [row] = await sql.query<FlatEnrolled>(
    `select register.number as "registerNumber", register.unp, company, place, register.address,
            device.number, device.device as serial, device.public_key as "publicKey",
            device.agreement, till.till, till.agreement as "tillAgreement",
            till.enrolled_at as "tillAt",
            coalesce((select max(shift) from document join device former
                        on former.device = document.device
                      where former.register = device.register and former.retired_at is not null
                     ), 0) as "lastShift"
     from device join register on register.number = device.register
     join client on client.unp = register.unp
     left join till on till.register = register.number
     where ${own} and device.retired_at is null
     order by device.enrolled_at desc nulls last, device.device limit 1`,
    [serial],
  )
  if (!row) return null
  const { serial: device, publicKey, agreement, till, tillAgreement, tillAt, ...rest } = row
  const asTill = kind === 'register' && till !== null && tillAgreement !== null && tillAt !== null
  return Object.assign(rest, {
    device: { serial: device, publicKey, agreement },
    till: asTill ? { serial: till, agreement: tillAgreement, at: tillAt } : null,
  })
}

type FlatEnrolled = Omit<EnrolmentPlaceRow, 'device' | 'till' | 'made' | 'head'> & {
  number: number
  lastShift: number
  serial: string
  publicKey: string
  agreement: string | null
  till: string | null
  tillAgreement: string | null
  tillAt: number | null
}

/** A device that was retired, and what stands in its place; null: it is at work. */
export async function successionOf(sql: Sql, device: string): Promise<SuccessionRow | null> {
  const [row] = await sql.query<FlatSuccession>(
    `select former.register as "registerNumber", former.number, former.hash,
            former.retired_at as at, present.device as successor,
            present.public_key as "publicKey", present.agreement, till.till,
            till.agreement as "tillAgreement", till.enrolled_at as "tillAt"
     from device former
     left join lateral (
       select * from device where register = former.register and retired_at is null
       order by enrolled_at desc nulls last, device limit 1) present on true
     left join till on till.register = former.register
     where former.device = $1 and former.retired_at is not null`,
    [device],
  )
  if (!row) return null
  const { successor, publicKey, agreement, till, tillAgreement, tillAt, ...seal } = row
  const isThere = successor !== null && publicKey !== null
  const isPaired = isThere && till !== null && tillAgreement !== null && tillAt !== null
  return Object.assign(seal, {
    successor: isThere ? { device: successor, publicKey, agreement } : null,
    till: isPaired ? { serial: till, agreement: tillAgreement, at: tillAt } : null,
  })
}

type Seal = { registerNumber: number; number: number; hash: string; at: number }
export type SuccessionRow = Seal & {
  successor: { device: string; publicKey: string; agreement: string | null } | null
  till: EnrolledRow['till']
}
type FlatSuccession = Seal & { successor: string | null; publicKey: string | null } & Pick<
    FlatEnrolled,
    'agreement' | 'till' | 'tillAgreement' | 'tillAt'
  >

// People

/** Holds the account's row: codes that are typed at once are counted one by one. */
export async function lockCodeGuesses(sql: Sql, email: string): Promise<Attempts> {
  const [row] = await sql.query<Attempts>(
    `select codes_wrong as wrong, codes_wrong_at as "lastAt" from account where email = $1
     for update`,
    [email],
  )
  assert(row, `account ${email} must be there`)
  return row
}

export async function keepCodeGuesses(sql: Sql, email: string, to: Attempts): Promise<void> {
  await sql.query('update account set codes_wrong = $2, codes_wrong_at = $3 where email = $1', [
    email,
    to.wrong,
    to.lastAt,
  ])
}
