import type { Finding } from '#core/api/operator-cabinet/findings.ts'
import type { FindingKind } from '#core/operator/finding.ts'
import { DAY, type Moment, minskDay } from '#core/time.ts'
import type { Sql } from '#services/runtime/sql.ts'
import { marksIn } from './documents.ts'

/** How long it is remembered what was refused. */
const REMEMBERED_MS = 400 * DAY

/** Counts what a device sent and the operator did not take: a row a day and cause. */
export async function noteRejection(
  sql: Sql,
  {
    device,
    code,
    number,
    now,
  }: { device: string; code: string; number: number | null; now: Moment },
): Promise<void> {
  const [row] = await sql.query<{ count: number }>(
    `insert into rejection(device, code, day, count, number, first_at, last_at)
     values ($1, $2, $3, 1, $4, $5, $5)
     on conflict (device, day, code)
     do update set count = rejection.count + 1, number = $4, last_at = $5
     returning count`,
    [device, code, minskDay(now), number, now],
  )
  if (row?.count !== 1) return
  await sql.query('delete from rejection where device = $1 and last_at < $2', [
    device,
    now - REMEMBERED_MS,
  ])
}

/** Where a page of findings ended. */
export type FindingPlace = { at: Moment; number: number; key: string; device: string }

type Row = Omit<Finding, 'id' | 'marks' | 'sealed'> & {
  key: string
  marks: string | null
  uid: string | null
  hash: string | null
  signature: string | null
  body: string | null
}

/** What each kind is read from: its moment, its number, what tells two of these apart, the rest. */
const sources: Record<FindingKind, { from: string; at: string; key: string; rest: string }> = {
  fork: {
    from: 'quarantine',
    at: 'seen_at',
    key: 'f.hash',
    rest: `f.code, null as marks, 1 as count, f.seen_at as "firstAt", null::integer as held,
           f.uid, f.hash, f.signature, f.body,
           (select d.hash from document d
            where d.device = f.device and d.number = f.number) as stored`,
  },
  lost: {
    from: 'forgotten',
    at: 'seen_at',
    key: 'f.hash',
    rest: `null as code, null as marks, 1 as count, f.seen_at as "firstAt", f.held,
           null as uid, f.hash, null as signature, null as body,
           (select d.hash from document d
            where d.device = f.device and d.number = f.number) as stored`,
  },
  marked: {
    from: '(select * from document where marks is not null)',
    at: 'stored_at',
    key: 'f.uid',
    rest: `null as code, f.marks, 1 as count, f.stored_at as "firstAt", null::integer as held,
           f.uid, f.hash, f.signature, f.body, f.hash as stored`,
  },
  refused: {
    from: 'rejection',
    at: 'last_at',
    key: 'f.code',
    rest: `f.code, null as marks, f.count, f.first_at as "firstAt", null::integer as held,
           null as uid, null as hash, null as signature, null as body, null as stored`,
  },
}

/** Findings of a kind, the newest first. */
export async function findingsOf(
  sql: Sql,
  {
    kind,
    register,
    before,
  }: { kind: FindingKind; register?: number | undefined; before?: FindingPlace | undefined },
  limit: number,
): Promise<(Finding & { place: FindingPlace })[]> {
  const { from, at, key, rest } = sources[kind]
  const parameters: unknown[] = [limit, register ?? null]
  const place = `(f.${at}, f.device, coalesce(f.number, 0), ${key})`
  if (before) parameters.push(before.at, before.device, before.number, before.key)
  const rows = await sql.query<Row>(
    `select f.${at} as at, f.device, r.number as "registerNumber", r.unp, company, f.number,
            ${key} as key, ${rest}
     from ${from} f
     join device on device.device = f.device
     join register r on r.number = device.register
     join client on client.unp = r.unp
     where ($2::integer is null or r.number = $2)
       ${before ? `and ${place} < ($3::bigint, $4::text, $5::integer, $6::text)` : ''}
     order by f.${at} desc, f.device desc, coalesce(f.number, 0) desc, ${key} desc limit $1`,
    parameters,
  )
  return rows.map(({ key: own, marks, uid, hash, signature, body, ...row }) => ({
    ...row,
    id: `${row.device} ${row.number} ${own} ${row.firstAt}`,
    marks: marksIn(marks),
    sealed:
      uid !== null && hash !== null && signature !== null && body !== null
        ? { uid, hash, signature, body }
        : null,
    place: { at: row.at, device: row.device, number: row.number ?? 0, key: own },
  }))
}
