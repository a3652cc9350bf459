import { join } from 'node:path'
import { assert } from '#core/assert.ts'
import type { Sealed } from '#core/document/document.ts'
import { operationId } from '#core/id.ts'
import type { AcceptedDocument, Head, Submitted } from '#core/operator/ingest.ts'
import type { Held } from '#core/operator/outcome.ts'
import type { DeviceReport } from '#core/operator/report.ts'
import type { SignedHead } from '#core/operator/statement.ts'
import { migrate } from '#services/runtime/postgres.ts'
import type { Postgres, Sql } from '#services/runtime/sql.ts'
import { blockedAt } from './measures.ts'

export const prepareOperatorDb = (db: Postgres): Promise<void> =>
  migrate(db, join(import.meta.dirname, '../schema'))

export type EnrolledDevice = Head & {
  /** Nothing of it is taken any more. */
  retired: boolean
  register: number
  /** Of the client whose register it is. */
  unp: string
  /** That of its enrolment, PEM, and those that have followed it. */
  publicKey: string
  keyChanges: string
}

const columns = `device.number, hash, register, unp, public_key as "publicKey",
                 key_changes as "keyChanges",
                 retired_at is not null as retired`
const from = 'from device join register on register.number = device.register where device = $1'

/** A device, and why its register is blocked at the moment `now`; null: there is none. */
export async function deviceOf(
  sql: Sql,
  device: string,
  now: number,
): Promise<(EnrolledDevice & { blocked: string | null }) | null> {
  const [row] = await sql.query<EnrolledDevice & { blocked: string | null }>(
    `select ${columns}, ${blockedAt('$2')} as blocked ${from}`,
    [device, now],
  )
  return row ?? null
}

/** Holds the device's row until the transaction ends: one batch of a device at a time. */
export async function lockDevice(sql: Sql, device: string): Promise<EnrolledDevice> {
  const [row] = await sql.query<EnrolledDevice>(`select ${columns} ${from} for update of device`, [
    device,
  ])
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

/** Keeps what a device tells of itself, unless it was told before something newer. */
export async function keepReport(
  sql: Sql,
  { device, number, oldestUnsentAt, version, at }: DeviceReport,
  now: number,
): Promise<void> {
  await sql.query(
    `update device set made = $2, oldest_unsent_at = $3, version = $4, told_at = $5, heard_at = $6
     where device = $1 and (told_at is null or told_at < $5)`,
    [device, number, oldestUnsentAt, version, at, now],
  )
}

/** Keeps which keys have followed a device's own, whose row is locked. */
export async function keepKeyChanges(sql: Sql, device: string, changes: string): Promise<void> {
  await sql.query('update device set key_changes = $2 where device = $1', [device, changes])
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

type HeldDocument = Omit<Held, 'word'>

/** What is held that bears on an operation, as of one moment; null for a device unknown. */
export async function operationOf(
  sql: Sql,
  { device, operation, expected }: { device: string; operation: string; expected: number },
): Promise<HeldDocument | null> {
  const [row] = await sql.query<Omit<HeldDocument, 'found'> & Partial<Sealed>>(
    `select device.number, retired_at is not null as retired,
            found.body, found.hash, found.uid, found.signature,
            previous.hash as before, own.number is not null and own.kind is null as unreadable
     from device
     left join document found on found.device = device.device and found.operation = $2
     left join document previous on previous.device = device.device and previous.number = $3 - 1
     left join document own on own.device = device.device and own.number = $3
     where device.device = $1 order by found.number limit 1`,
    [device, operation, Math.min(expected, MAX_NUMBER)],
  )
  if (!row) return null
  const { number, before, unreadable, retired, body, hash, uid, signature } = row
  const found = body && hash && uid && signature ? { body, hash, uid, signature } : null
  return { number, before, unreadable, retired, found }
}

/** What PostgreSQL's integer holds: no device counts so far. */
const MAX_NUMBER = 2_147_483_647
