import { join } from 'node:path'
import type { Reply } from '#core/api/contract.ts'
import type { DocumentBrief, operatorCabinetApi } from '#core/api/operator.ts'
import { assert } from '#core/assert.ts'
import type { Sealed } from '#core/document/document.ts'
import { registerNumberIn, type Uid } from '#core/document/uid.ts'
import { operationId } from '#core/id.ts'
import type { AcceptedDocument, DocumentMark, Head, Submitted } from '#core/operator/ingest.ts'
import type { Held } from '#core/operator/outcome.ts'
import type { SignedHead } from '#core/operator/statement.ts'
import type { Language } from '#core/words/language.ts'
import { migrate } from '#services/runtime/postgres.ts'
import type { Postgres, Sql } from '#services/runtime/sql.ts'

export const prepareOperatorDb = (db: Postgres): Promise<void> =>
  migrate(db, join(import.meta.dirname, 'schema'))

// Devices and their documents

export type EnrolledDevice = Head & {
  register: number
  /** Of the client whose register it is. */
  unp: string
  publicKey: string
  blocked: string | null
}

const deviceRow = `select device.number, hash, register, unp, public_key as "publicKey", blocked
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
                            uid, hash, signature, body, marks, stored_at)
       select $1, rows.*, $2::bigint
       from unnest($3::integer[], $4::bigint[], $5::text[], $6::bigint[], $7::integer[], $8::text[],
                   $9::text[], $10::text[], $11::text[], $12::text[], $13::text[],
                   $14::text[]) rows)
     update device set number = $15, hash = $16, heard_at = $2 where device = $1`,
    [
      device,
      now,
      sealed.map((s) => s.number),
      documents.map((d) => d?.at ?? now),
      documents.map((d) => d?.kind ?? null),
      documents.map((d) => d?.sum ?? null),
      documents.map((d) => d?.shift ?? null),
      documents.map((d) => d && textOf(d.cashier)),
      documents.map((d) => operationIn(d?.operation ?? null)),
      sealed.map((s) => s.uid),
      sealed.map((s) => s.hash),
      sealed.map((s) => s.signature),
      sealed.map((s) => s.body),
      accepted.map(({ marks }) => (marks.length === 0 ? null : marks.join(' '))),
      head.number,
      head.hash,
    ],
  )
}

/** PostgreSQL holds no NUL in a text; the body keeps it escaped. */
const textOf = (text: string): string => text.replaceAll('\0', '')

/** What is asked for are ids: nothing else needs to be found, and an index holds no long text. */
const operationIn = (text: string | null): string | null => text && operationId(text)

export async function noteHeard(sql: Sql, device: string, now: number): Promise<void> {
  await sql.query('update device set heard_at = $2 where device = $1', [device, now])
}

/** Keeps the evidence of a fork once, however often it is sent. */
export async function quarantine(
  sql: Sql,
  { device, code, fork, now }: { device: string; code: string; fork: Submitted[]; now: number },
): Promise<void> {
  // A body that no text of PostgreSQL holds is no JSON, and so none that any device has made.
  for (const { number, hash, uid, signature, body } of fork.filter((s) => !s.body.includes('\0'))) {
    await sql.query(
      `insert into quarantine(device, number, hash, code, uid, signature, body, seen_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
      [device, number, hash, code, uid, signature, body, now],
    )
  }
}

/** Keeps an own acknowledgement of what is not held; true: it was not known before. */
export async function keepForgotten(
  sql: Sql,
  { proof, held, now }: { proof: SignedHead; held: number; now: number },
): Promise<boolean> {
  const { device, number, hash } = proof.statement
  const rows = await sql.query(
    `insert into forgotten(device, number, hash, held, proof, seen_at)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning number`,
    [device, number, hash, held, JSON.stringify(proof), now],
  )
  return rows.length > 0
}

/** What is held that bears on an operation, as of one moment; null for a device unknown. */
export async function operationOf(
  sql: Sql,
  { device, operation, expected }: { device: string; operation: string; expected: number },
): Promise<Held | null> {
  const [row] = await sql.query<Omit<Held, 'found'> & Partial<Sealed>>(
    `select device.number, found.body, found.hash, found.uid, found.signature,
            previous.hash as before, own.number is not null and own.kind is null as unreadable
     from device
     left join document found on found.device = device.device and found.operation = $2
     left join document previous on previous.device = device.device and previous.number = $3 - 1
     left join document own on own.device = device.device and own.number = $3
     where device.device = $1 order by found.number limit 1`,
    [device, operation, Math.min(expected, MAX_NUMBER)],
  )
  if (!row) return null
  const { number, before, unreadable, body, hash, uid, signature } = row
  const found = body && hash && uid && signature ? { body, hash, uid, signature } : null
  return { number, before, unreadable, found }
}

/** What PostgreSQL's integer holds: no device counts so far. */
const MAX_NUMBER = 2_147_483_647

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
export async function documentsOf(
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
  const rows = await sql.query<Marked<DocumentBrief>>(
    `select page.device, register as "registerNumber", page.number, shift, kind, at, sum, uid,
            cashier, marks
     from (select device, register from register
           join device on device.register = register.number where unp = $1) owned
     cross join lateral (
       select d.* from document d where d.device = owned.device ${conditions.join(' ')}
       order by d.at desc, d.number desc limit $2) page
     order by at desc, page.device desc, page.number desc limit $2`,
    parameters,
  )
  return rows.map((row) => ({ ...row, marks: marksIn(row.marks) }))
}

/** A row whose marks stand as they are stored. */
type Marked<Row> = Omit<Row, 'marks'> & { marks: string | null }
const marksIn = (text: string | null) => (text?.split(' ') ?? []) as DocumentMark[]

type StoredRow = Sealed & { number: number; storedAt: number; marks: DocumentMark[] }

/** A document by its uid, which names the register, if that register is the client's own. */
export async function documentByUid(sql: Sql, unp: string, uid: Uid): Promise<StoredRow | null> {
  const [row] = await sql.query<Marked<StoredRow>>(
    `select document.number, body, document.hash, uid, signature, stored_at as "storedAt", marks
     from register join device on device.register = register.number
     join document on document.device = device.device
     where unp = $1 and uid = $2 order by (register.number = $3) desc limit 1`,
    [unp, uid, registerNumberIn(uid)],
  )
  return row ? { ...row, marks: marksIn(row.marks) } : null
}

// Evidence

const MOST_EVIDENCE = 200

/** What speaks against devices and the operator itself, of one client's or of all (null). */
export async function evidenceAgainst(sql: Sql, unp: string | null): Promise<Evidence> {
  const of = (table: string) =>
    `from ${table} join device on device.device = ${table}.device
     join register on register.number = device.register
     where ($1::text is null or unp = $1)`
  const forks = await sql.query<Evidence['forks'][number]>(
    `select device.device, quarantine.number, code, quarantine.uid, quarantine.hash,
            quarantine.signature, quarantine.body, seen_at as "seenAt",
            (select hash from document d
             where d.device = device.device and d.number = quarantine.number) as stored
     ${of('quarantine')} order by seen_at desc, quarantine.number desc limit ${MOST_EVIDENCE}`,
    [unp],
  )
  const forgotten = await sql.query<Evidence['forgotten'][number]>(
    `select device.device, forgotten.number, held, seen_at as "seenAt"
     ${of('forgotten')} order by seen_at desc limit ${MOST_EVIDENCE}`,
    [unp],
  )
  const marked = await sql.query<Marked<Evidence['marked'][number]>>(
    `select device.device, document.number, uid, marks
     ${of('document')} and marks is not null
     order by document.device, document.number desc limit ${MOST_EVIDENCE}`,
    [unp],
  )
  return {
    forks,
    forgotten,
    marked: marked.map((row) => ({ ...row, marks: marksIn(row.marks) })),
  }
}

type Evidence = Reply<(typeof operatorCabinetApi)['evidence']>

// People

export type AccountRow = {
  email: string
  role: 'client' | 'staff'
  unp: string | null
  company: string | null
  /** What it chose to read; null: it never did. */
  language: Language | null
}

export async function accountOf(sql: Sql, email: string): Promise<AccountRow | null> {
  const [row] = await sql.query<AccountRow>(
    `select email, role, account.unp, company, language
     from account left join client on client.unp = account.unp where email = $1`,
    [email],
  )
  return row ?? null
}
