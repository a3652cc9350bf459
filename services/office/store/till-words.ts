import type { JournalPlace, TillReport, TillState, TillWord } from '#core/card/till-report.ts'
import {
  agreementOf,
  type BankWord,
  type Disagreement,
  isDisagreement,
} from '#core/card/till-report.ts'
import type { Kopecks } from '#core/money.ts'
import type { Moment } from '#core/time.ts'
import type { Postgres, Sql } from '#services/runtime/sql.ts'

/** Whose report it is, by the office's own books, and when it came. */
export type ReportedBy = { serial: string; unp: string; now: Moment }

export async function heldPlace(sql: Sql, serial: string): Promise<JournalPlace | null> {
  const [row] = await sql.query<JournalPlace>(
    'select seq, hash from till_journal where serial = $1',
    [serial],
  )
  return row ?? null
}

/** The key that this till's reports are signed with; `key` from now on where it had none. */
export async function reportKey(sql: Sql, serial: string, key: string): Promise<string | null> {
  const [row] = await sql.query<{ key: string }>(
    `update equipment set report_key = coalesce(report_key, $2)
     where serial = $1 and retired_at is null returning report_key as key`,
    [serial, key],
  )
  return row?.key ?? null
}

/**
 * Takes a report in, words and place in one transaction. False, and nothing of it, where the office
 * goes on from another place by now: the same report came before, or a store was put back.
 */
export const takeReport = (
  db: Postgres,
  report: TillReport,
  { serial, unp, now }: ReportedBy,
): Promise<boolean> =>
  db.transaction(async (sql) => {
    // Whoever takes the bank's rows in waits: one of the two sees what the other has written.
    await sql.query('select id from bank_feed for share')
    const { after, upTo } = report
    // Told twice in one report the later word counts.
    const words = [...new Map(report.words.map((word) => [word.operation, word])).values()]
    if (!(await movePlace(sql, { serial, after, upTo, now }))) return false
    await sql.query(
      `insert into till_word(unp, operation, serial, terminal, kind, at, receipt, sum, state,
                             device, number, uid, document_at, taken_at)
       select $2, operation, $3, $4, kind, at, receipt, sum, state, document ->> 'device',
              (document ->> 'number')::integer, document ->> 'uid',
              (document ->> 'at')::bigint, $5
       from jsonb_to_recordset($1::jsonb) as told(operation uuid, kind text, at bigint,
         receipt integer, sum bigint, state text, document jsonb)
       on conflict (unp, operation) do update
       set serial = excluded.serial, terminal = excluded.terminal, kind = excluded.kind,
           at = excluded.at, receipt = excluded.receipt, sum = excluded.sum,
           state = excluded.state, device = excluded.device, number = excluded.number,
           uid = excluded.uid, document_at = excluded.document_at, taken_at = excluded.taken_at`,
      [JSON.stringify(words), unp, serial, report.terminal, now],
    )
    await compareWords(
      sql,
      words.map(({ operation }) => ({ unp, operation })),
    )
    if (report.stored) await noteStored(sql, unp, report.stored.statement)
    return true
  })

type Moved = { serial: string; after: JournalPlace | null; upTo: JournalPlace | null; now: Moment }

async function movePlace(sql: Sql, { serial, after, upTo, now }: Moved): Promise<boolean> {
  if (!upTo) return (await heldPlace(sql, serial)) === null
  const { seq, hash } = upTo
  const moved = after
    ? await sql.query(
        `update till_journal set seq = $2, hash = $3, heard_at = $4
         where serial = $1 and seq = $5 and hash = $6 returning serial`,
        [serial, seq, hash, now, after.seq, after.hash],
      )
    : await sql.query(
        `insert into till_journal(serial, seq, hash, heard_at) values ($1, $2, $3, $4)
         on conflict do nothing returning serial`,
        [serial, seq, hash, now],
      )
  return moved.length > 0
}

/** What the operator signed once it never takes back. */
const noteStored = (
  sql: Sql,
  unp: string,
  { device, number, at }: { device: string; number: number; at: number },
): Promise<unknown> =>
  sql.query(
    `insert into device_stored(unp, device, number, at) values ($1, $2, $3, $4)
     on conflict (unp, device) do update set number = excluded.number, at = excluded.at
     where device_stored.number < excluded.number`,
    [unp, device, number, at],
  )

type Named = { unp: string; operation: string }
type Compared = Named & {
  state: TillState
  sum: Kopecks
  disagrees: Disagreement | null
  bank: BankWord | null
}

/** Holds tills' words against the bank's rows of the same operations, where both are there. */
export async function compareWords(sql: Sql, named: readonly Named[]): Promise<void> {
  if (named.length === 0) return
  const rows = await sql.query<Compared>(
    `select w.unp, w.operation, w.state, w.sum, w.disagrees, (
       select jsonb_build_object('sum', t.sum,
         'approved', t.rrn is not null and t.forgotten_at is null,
         'undone', exists(
           select from bank_transaction u where u.terminal = t.terminal
             and u.operation = t.operation and u.reversal and u.forgotten_at is null))
       from bank_transaction t
       where t.operation = w.operation and t.unp = w.unp and not t.reversal
       order by t.rrn is null, t.id limit 1) as bank
     from till_word w
     join json_to_recordset($1::json) as told(unp text, operation uuid)
       on w.unp = told.unp and w.operation = told.operation`,
    [JSON.stringify(named)],
  )
  const changed = rows.flatMap(({ unp, operation, state, sum, disagrees, bank }) => {
    const agreement = agreementOf(bank, { state, sum })
    const now = isDisagreement(agreement) ? agreement : null
    return now === disagrees ? [] : [{ unp, operation, disagrees: now }]
  })
  if (changed.length === 0) return
  await sql.query(
    `update till_word w set disagrees = told.disagrees
     from json_to_recordset($1::json) as told(unp text, operation uuid, disagrees text)
     where w.unp = told.unp and w.operation = told.operation`,
    [JSON.stringify(changed)],
  )
}

/** A till's word as the office holds it. */
export type HeldWord = TillWord & {
  serial: string
  takenAt: Moment
  disagrees: Disagreement | null
  /** The operator signed for its document, at the latest then; null: not that is known. */
  storedAt: Moment | null
}

const held = `w.operation, w.kind, w.at, w.receipt, w.sum, w.state, w.serial,
              w.taken_at as "takenAt", w.disagrees,
              case when w.number is not null then jsonb_build_object('device', w.device,
                'number', w.number, 'uid', w.uid, 'at', w.document_at) end as document,
              (select s.at from device_stored s
               where s.unp = w.unp and s.device = w.device and s.number >= w.number) as "storedAt"`

export async function wordOn(sql: Sql, unp: string, operation: string): Promise<HeldWord | null> {
  const [row] = await sql.query<HeldWord>(
    `select ${held} from till_word w where w.unp = $1 and w.operation = $2`,
    [unp, operation],
  )
  return row ?? null
}

/** `id`: of the bank's row; null: it tells of none. */
export type PartedWord = HeldWord & { disagrees: Disagreement; id: number | null }

/** Words that differ from the bank's books since a moment, the newest first. */
export const disagreeingSince = (
  sql: Sql,
  unp: string,
  { since, heardAt }: { since: Moment; heardAt: Moment | null },
): Promise<PartedWord[]> =>
  sql.query(
    `select ${held}, t.id from till_word w
     left join lateral (
       select id from bank_transaction t
       where t.unp = w.unp and t.operation = w.operation and not t.reversal
       order by t.rrn is null, t.id limit 1) t on true
     where w.unp = $1 and w.at >= $2 and w.disagrees is not null
       -- Of what the bank does not tell at all it must have told all, and be this terminal's.
       and (t.id is not null or (w.taken_at < $3 and exists(
         select from bank_terminal b where b.unp = w.unp and b.terminal = w.terminal)))
     order by w.at desc limit ${MOST_SHOWN}`,
    [unp, since, heardAt],
  )

const MOST_SHOWN = 20
