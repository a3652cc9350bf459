import { operationId } from '#core/id.ts'
import type { StaffWord } from '#core/operator/staff-word.ts'
import type { AnsweredDocument } from '#core/operator/statement.ts'
import type { Moment } from '#core/time.ts'
import type { Sql } from '#services/runtime/sql.ts'

type Row = Pick<StaffWord, 'device' | 'registerNumber' | 'verdict' | 'evidence' | 'by'> & {
  operation: string
  document: string | null
}

const columns = `staff_word.device, device.register as "registerNumber", operation, verdict,
                 evidence, staff_word.document, said_by as "by"`

/** The newest word about an operation; null: nobody has said anything. */
export async function wordOf(
  sql: Sql,
  device: string,
  operation: string,
): Promise<(StaffWord & { reason: string }) | null> {
  const [row] = await sql.query<Row & { reason: string }>(
    `select ${columns}, reason from staff_word
     join device on device.device = staff_word.device
     where staff_word.device = $1 and operation = $2 order by staff_word.id desc limit 1`,
    [device, operation],
  )
  const id = row && operationId(row.operation)
  return row && id ? Object.assign({}, row, { operation: id, document: documentOf(row) }) : null
}

const documentOf = ({ document }: { document: string | null }): AnsweredDocument | null =>
  document === null ? null : JSON.parse(document)

/** Keeps a word beside those before it. */
export async function keepWord(
  sql: Sql,
  { device, operation, verdict, evidence, document, by }: StaffWord,
  { reason, now }: { reason: string; now: Moment },
): Promise<void> {
  const body = document && JSON.stringify(document)
  await sql.query(
    `insert into staff_word(device, operation, verdict, evidence, document, reason, said_by,
                            said_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [device, operation, verdict, evidence, body, reason, by, now],
  )
}

/** A device with its register and client; null: it is not known. */
export async function deviceForWord(
  sql: Sql,
  device: string,
): Promise<{ registerNumber: number; unp: string } | null> {
  const [row] = await sql.query<{ registerNumber: number; unp: string }>(
    `select register as "registerNumber", unp from device
     join register on register.number = device.register where device = $1 for share of device`,
    [device],
  )
  return row ?? null
}

/** Whether another document than this one stands under the number. */
export async function isNumberTaken(
  sql: Sql,
  device: string,
  { number, uid }: Pick<AnsweredDocument, 'number' | 'uid'>,
): Promise<boolean> {
  const rows = await sql.query(
    'select from document where device = $1 and number = $2 and uid <> $3',
    [device, number, uid],
  )
  return rows.length > 0
}

const MOST_WORDS = 200

type Listed = Row & {
  id: number
  reason: string
  at: Moment
  held: number | null
  replaced: boolean
}

/** Words, the last first: about a client's operations (null: anybody's), about one register's. */
export async function wordsOf(
  sql: Sql,
  { unp, register }: { unp: string | null; register: number | null },
) {
  const rows = await sql.query<Listed>(
    `select staff_word.id, ${columns}, reason, said_at as at,
            (select d.number from document d
             where d.device = staff_word.device and d.operation = staff_word.operation
             limit 1) as held,
            exists(select from staff_word later
                   where later.device = staff_word.device
                     and later.operation = staff_word.operation
                     and later.id > staff_word.id) as replaced
     from register join device on device.register = register.number
     join staff_word on staff_word.device = device.device
     where ($1::text is null or register.unp = $1)
       and ($2::integer is null or register.number = $2)
     order by staff_word.id desc limit ${MOST_WORDS}`,
    [unp, register],
  )
  return rows.map(({ by, ...row }) =>
    Object.assign({}, row, { person: by, document: documentOf(row) }),
  )
}
