import type { Reply } from '#core/api/contract.ts'
import type { cabinetDocumentsApi } from '#core/api/operator-cabinet/documents.ts'
import type { Sql } from '#services/runtime/sql.ts'
import { type Marked, marksIn } from './documents.ts'

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

type Evidence = Reply<(typeof cabinetDocumentsApi)['evidence']>
