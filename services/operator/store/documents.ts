import type { DocumentBrief } from '#core/api/operator-cabinet/documents.ts'
import type { Sealed } from '#core/document/document.ts'
import { registerNumberIn, type Uid } from '#core/document/uid.ts'
import type { DocumentMark } from '#core/operator/ingest.ts'
import type { Sql } from '#services/runtime/sql.ts'

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
export type Marked<Row> = Omit<Row, 'marks'> & { marks: string | null }
/** The marks of a row. */
export const marksIn = (text: string | null) => (text?.split(' ') ?? []) as DocumentMark[]

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
