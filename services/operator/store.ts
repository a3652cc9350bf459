import { join } from 'node:path'
import type { DocumentBrief } from '#core/api/operator.ts'
import { assert } from '#core/assert.ts'
import type { Sealed } from '#core/document/document.ts'
import type { Attempts } from '#core/lockout.ts'
import type { AcceptedDocument, Head, Submitted } from '#core/operator/ingest.ts'
import type { Language } from '#core/words/language.ts'
import { migrate } from '#services/runtime/postgres.ts'
import type { Postgres, Sql } from '#services/runtime/sql.ts'

export const prepareOperatorDb = (db: Postgres): Promise<void> =>
  migrate(db, join(import.meta.dirname, 'schema'))

// Devices and their documents

export type EnrolledDevice = Head & { register: number; publicKey: string; blocked: string | null }

const deviceRow = `select device.number, hash, register, public_key as "publicKey", blocked
                   from device join register on register.number = device.register
                   where device = $1`

export async function deviceOf(sql: Sql, device: string): Promise<EnrolledDevice | null> {
  const [row] = await sql.query<EnrolledDevice>(deviceRow, [device])
  return row ?? null
}

/** Holds the device's row until the transaction ends: one batch of a device at a time. */
export async function lockDevice(sql: Sql, device: string): Promise<EnrolledDevice> {
  const [row] = await sql.query<EnrolledDevice>(`${deviceRow} for update of device`, [device])
  assert(row, `device ${device} must be there`)
  return row
}

/** Hashes of stored documents by their numbers. */
export async function storedHashes(
  sql: Sql,
  device: string,
  numbers: readonly number[],
): Promise<Map<number, string>> {
  if (numbers.length === 0) return new Map()
  const rows = await sql.query<{ number: number; hash: string }>(
    'select number, hash from document where device = $1 and number = any($2::integer[])',
    [device, numbers],
  )
  return new Map(rows.map(({ number, hash }) => [number, hash]))
}

/** Stores a batch and moves the head to its end, in one statement. */
export async function storeBatch(
  sql: Sql,
  {
    device,
    accepted,
    head,
    now,
  }: { device: string; accepted: AcceptedDocument[]; head: Head; now: number },
): Promise<void> {
  const documents = accepted.map(({ document }) => document)
  const sealed = accepted.map((entry) => entry.sealed)
  await sql.query(
    `with stored as (
       insert into document(device, number, at, kind, sum, shift, cashier, operation,
                            uid, hash, signature, body, stored_at)
       select $1, rows.*, $2::bigint
       from unnest($3::integer[], $4::bigint[], $5::text[], $6::bigint[], $7::integer[], $8::text[],
                   $9::text[], $10::text[], $11::text[], $12::text[], $13::text[]) rows)
     update device set number = $14, hash = $15, heard_at = $2 where device = $1`,
    [
      device,
      now,
      documents.map((d) => d.number),
      documents.map((d) => d.at),
      documents.map((d) => d.kind),
      documents.map((d) => d.sum),
      // PostgreSQL holds no NUL in a text; the body keeps it escaped.
      documents.map((d) => d.shift),
      documents.map((d) => d.cashier.replaceAll('\0', '')),
      documents.map((d) => d.operation?.replaceAll('\0', '').toLowerCase() ?? null),
      sealed.map((s) => s.uid),
      sealed.map((s) => s.hash),
      sealed.map((s) => s.signature),
      sealed.map((s) => s.body),
      head.number,
      head.hash,
    ],
  )
}

export async function noteHeard(sql: Sql, device: string, now: number): Promise<void> {
  await sql.query('update device set heard_at = $2 where device = $1', [device, now])
}

/** Keeps the evidence of a fork once, however often it is sent. */
export async function quarantine(
  sql: Sql,
  { device, code, sealed, now }: { device: string; code: string; sealed: Submitted; now: number },
): Promise<void> {
  const { number, hash, uid, signature, body } = sealed
  await sql.query(
    `insert into quarantine(device, number, hash, code, uid, signature, body, seen_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [device, number, hash, code, uid, signature, body, now],
  )
}

/** The head and the operation's document as of one moment; null for a device unknown. */
export async function operationOf(
  sql: Sql,
  device: string,
  operation: string,
): Promise<{ number: number; sealed: Sealed | null } | null> {
  const [row] = await sql.query<{ number: number } & Partial<Sealed>>(
    `select device.number, body, document.hash, uid, signature
     from device left join document on document.device = device.device and operation = $2
     where device.device = $1 order by document.number limit 1`,
    [device, operation],
  )
  if (!row) return null
  const { number, body, hash, uid, signature } = row
  return {
    number,
    sealed: body && hash && uid && signature ? { body, hash, uid, signature } : null,
  }
}

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

// The cabinet

export type RegisterRow = {
  device: string
  registerNumber: number
  place: string
  address: string
  number: number
  lastAt: number | null
  heardAt: number | null
  blocked: string | null
}

export const registersOf = (sql: Sql, unp: string): Promise<RegisterRow[]> =>
  sql.query(
    `select device.device, register as "registerNumber", place, address, device.number,
            document.at as "lastAt", heard_at as "heardAt", blocked
     from register join device on device.register = register.number
     left join document on document.device = device.device and document.number = device.number
     where unp = $1 order by register, device.device`,
    [unp],
  )

/** Where a page of documents ended. */
export type DocumentPlace = { at: number; device: string; number: number }

export type DocumentFilter = {
  device?: string | undefined
  kind?: string | undefined
  number?: number | undefined
  /** Upper-case hex digits, 24 at most. */
  uidStart?: string | undefined
  sum?: number | undefined
  from?: number | undefined
  until?: number | undefined
  before?: DocumentPlace | undefined
}

/**
 * A client's documents, newest first. Every device is read by its own index and only as far as the
 * page needs, so that the cost does not grow with the number of documents.
 */
export function documentsOf(
  sql: Sql,
  unp: string,
  { filter, limit }: { filter: DocumentFilter; limit: number },
): Promise<DocumentBrief[]> {
  const parameters: unknown[] = [unp, limit]
  const conditions: string[] = []
  const where = (condition: string, ...values: unknown[]) => {
    let at = parameters.length
    parameters.push(...values)
    conditions.push(`and ${condition.replace(/\?/g, () => `$${++at}`)}`)
  }
  const { device, kind, number, uidStart, sum, from, until, before } = filter
  if (device !== undefined) where('owned.device = ?', device)
  if (kind !== undefined) where('d.kind = ?', kind)
  if (number !== undefined) where('d.number = ?', number)
  if (uidStart !== undefined) {
    // All are 24 upper-case hex digits, so that this is the prefix in every collation.
    where('d.uid between ? and ?', uidStart.padEnd(24, '0'), uidStart.padEnd(24, 'F'))
  }
  if (sum !== undefined) where('d.sum = ?', sum)
  if (from !== undefined) where('d.at >= ?', from)
  if (until !== undefined) where('d.at < ?', until)
  if (before) {
    where('d.at <= ?', before.at)
    where('(d.at, owned.device, d.number) < (?, ?, ?)', before.at, before.device, before.number)
  }
  return sql.query(
    `select page.device, register as "registerNumber", page.number, shift, kind, at, sum, uid,
            cashier
     from (select device, register from register
           join device on device.register = register.number where unp = $1) owned
     cross join lateral (
       select d.* from document d where d.device = owned.device ${conditions.join(' ')}
       order by d.at desc, d.number desc limit $2) page
     order by at desc, page.device desc, page.number desc limit $2`,
    parameters,
  )
}

/** A document by its uid, which names the register, if that register is the client's own. */
export async function documentByUid(
  sql: Sql,
  unp: string,
  { uid, registerNumber }: { uid: string; registerNumber: number },
): Promise<(Sealed & { storedAt: number }) | null> {
  const [row] = await sql.query<Sealed & { storedAt: number }>(
    `select body, document.hash, uid, signature, stored_at as "storedAt"
     from register join device on device.register = register.number
     join document on document.device = device.device
     where register.number = $1 and unp = $2 and uid = $3`,
    [registerNumber, unp, uid],
  )
  return row ?? null
}

// People

export type AccountRow = {
  email: string
  role: 'client' | 'staff'
  unp: string | null
  company: string | null
  /** What it chose to read; null: it never did. */
  language: Language | null
}

/** Holds the account's row, so that guesses made at once are counted one by one. */
/** An account and the hash of its password. */
export async function accountOf(
  sql: Sql,
  email: string,
): Promise<(AccountRow & { secret: string }) | null> {
  const [row] = await sql.query<AccountRow & { secret: string }>(
    `select email, role, account.unp, company, language, secret
     from account left join client on client.unp = account.unp where email = $1`,
    [email],
  )
  return row ?? null
}

export async function lockAccount(sql: Sql, email: string): Promise<Attempts | null> {
  const [row] = await sql.query<Attempts>(
    'select wrong, wrong_at as "lastAt" from account where email = $1 for update',
    [email],
  )
  return row ?? null
}

export async function setAttempts(sql: Sql, email: string, attempts: Attempts): Promise<void> {
  await sql.query('update account set wrong = $2, wrong_at = $3 where email = $1', [
    email,
    attempts.wrong,
    attempts.lastAt,
  ])
}

export async function setLanguage(sql: Sql, email: string, to: Language): Promise<void> {
  await sql.query('update account set language = $2 where email = $1', [email, to])
}

export async function openSession(
  sql: Sql,
  session: { tokenHash: string; email: string; until: number; now: number },
): Promise<void> {
  await sql.query('delete from session where until <= $1', [session.now])
  await sql.query('insert into session(token_hash, email, until) values ($1, $2, $3)', [
    session.tokenHash,
    session.email,
    session.until,
  ])
}

export async function sessionOf(
  sql: Sql,
  tokenHash: string,
  now: number,
): Promise<AccountRow | null> {
  const [row] = await sql.query<AccountRow>(
    `select account.email, role, account.unp, company, language
     from session join account on account.email = session.email
     left join client on client.unp = account.unp
     where token_hash = $1 and until > $2`,
    [tokenHash, now],
  )
  return row ?? null
}

export async function endCabinetSession(sql: Sql, tokenHash: string): Promise<void> {
  await sql.query('delete from session where token_hash = $1', [tokenHash])
}
