import type { Moment } from '#core/time.ts'
import type { Sql } from '#services/runtime/sql.ts'

/** A session that sees what a client sees. */
export type View = { unp: string; company: string; until: Moment; reason: string }

/** What a session sees in place of its own, while that lasts; null: its own. */
export async function clientViewOf(sql: Sql, tokenHash: string, now: Moment): Promise<View | null> {
  const [row] = await sql.query<View>(
    `select viewing as unp, company, viewing_until as until, viewing_reason as reason
     from session join client on client.unp = viewing
     where token_hash = $1 and viewing_until > $2`,
    [tokenHash, now],
  )
  return row ?? null
}

/** False: there is no such client. */
export async function setView(
  sql: Sql,
  tokenHash: string,
  { unp, until, reason }: Omit<View, 'company'>,
): Promise<boolean> {
  const rows = await sql.query(
    `update session set viewing = $2, viewing_until = $3, viewing_reason = $4
     where token_hash = $1 and exists(select from client where unp = $2) returning token_hash`,
    [tokenHash, unp, until, reason],
  )
  return rows.length > 0
}

export async function endViewOf(sql: Sql, tokenHash: string): Promise<void> {
  await sql.query(
    `update session set viewing = null, viewing_until = null, viewing_reason = null
     where token_hash = $1`,
    [tokenHash],
  )
}

const MOST_VIEWS = 100

type ViewRow = { id: number; at: Moment; person: string; reason: string | null; looks: number }

/** Who has seen what a client sees, the last first, and how often she looked in that time. */
export const viewsOf = (sql: Sql, unp: string, longestMs: number): Promise<ViewRow[]> =>
  sql.query(
    `select id, at, email as person, reason,
            (select count(*) from act looked
             where looked.unp = $1 and looked.email = act.email and looked.what = 'looked'
               and looked.at between act.at and act.at + $2) as looks
     from act where unp = $1 and what = 'view' order by at desc, id desc limit ${MOST_VIEWS}`,
    [unp, longestMs],
  )
