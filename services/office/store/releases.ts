import type { Day } from '#core/billing/calendar.ts'
import type { ReleaseRole } from '#core/updating/metadata.ts'
import type { Sql } from '#services/runtime/sql.ts'

/** Of metadata that was superseded so much is kept: a till may be reading it. */
const KEPT = 10

export type ReleaseFileRow = { version: number; text: string; at: number }

export async function newestFile(sql: Sql, role: ReleaseRole): Promise<ReleaseFileRow | null> {
  const [row] = await sql.query<ReleaseFileRow>(
    'select version, text, at from release_file where role = $1 order by version desc limit 1',
    [role],
  )
  return row ?? null
}

export async function fileOf(
  sql: Sql,
  { role, version }: { role: ReleaseRole; version: number },
): Promise<string | null> {
  const [row] = await sql.query<{ text: string }>(
    'select text from release_file where role = $1 and version = $2',
    [role, version],
  )
  return row?.text ?? null
}

/** Whoever publishes or renews goes one by one. */
export const lockReleases = (sql: Sql): Promise<unknown> =>
  sql.query('lock table release_file in share row exclusive mode')

export async function putFile(
  sql: Sql,
  { role, version, text, at }: ReleaseFileRow & { role: ReleaseRole },
): Promise<void> {
  await sql.query('insert into release_file(role, version, text, at) values ($1, $2, $3, $4)', [
    role,
    version,
    text,
    at,
  ])
  // Roots are a chain that a till walks from whichever it has.
  if (role === 'root') return
  const old = version - KEPT
  await sql.query('delete from release_file where role = $1 and version <= $2', [role, old])
}

export async function putArchive(
  sql: Sql,
  { sha256, length, at }: { sha256: string; length: number; at: number },
): Promise<void> {
  await sql.query(
    `insert into release_archive(sha256, length, at) values ($1, $2, $3)
     on conflict (sha256) do nothing`,
    [sha256, length, at],
  )
}

export async function archives(sql: Sql): Promise<Map<string, { length: number; at: number }>> {
  const rows = await sql.query<{ sha256: string; length: number; at: number }>(
    'select sha256, length, at from release_archive',
  )
  return new Map(rows.map(({ sha256, length, at }) => [sha256, { length, at }]))
}

export type RequiredRow = { version: string; from: Day | null }

/** All that was required since a requirement was last taken back. */
export const requiredVersions = (sql: Sql): Promise<RequiredRow[]> =>
  sql.query(
    `select version, from_day as "from" from required_version
     where id > (select coalesce(max(id), 0) from required_version where version is null)
     order by id`,
  )

export async function requireVersion(
  sql: Sql,
  { version, from, email, now }: RequireVersion,
): Promise<void> {
  await sql.query(
    'insert into required_version(version, from_day, at, email) values ($1, $2, $3, $4)',
    [version, from, now, email],
  )
}

type RequireVersion = { version: string | null; from: Day | null; email: string; now: number }
