import type { StaffRoleName } from '#core/access/roles.ts'
import type { StaffPerson } from '#core/api/operator-cabinet/staff.ts'
import type { Moment } from '#core/time.ts'
import type { Sql } from '#services/runtime/sql.ts'

/** More of the operator's people than this are not listed. */
const MOST_STAFF = 500

export const staffOf = (sql: Sql, now: Moment): Promise<StaffPerson[]> =>
  sql.query(
    `select account.email, staff_role as "staffRole", disabled_at as "disabledAt",
            exists(select from second_factor f
                   where f.email = account.email and confirmed_at is not null) as "secondFactor",
            (select max(until) from invitation i
             where i.email = account.email and until > $1) as "invitedUntil",
            (select count(*) from session s
             where s.email = account.email and until > $1) as sessions,
            (select max(at) from act
             where act.email = account.email and what = 'signed-in') as "lastSignedInAt"
     from account where role = 'staff' order by account.email limit ${MOST_STAFF}`,
    [now],
  )

/** Holds all administrators' rows: of two that leave at once one must stay. */
export async function lockAdministrators(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ email: string }>(
    `select email from account
     where role = 'staff' and staff_role = 'administrator' and disabled_at is null
     order by email for update`,
  )
  return rows.map(({ email }) => email)
}

/** Holds the row of one of the operator's people; false: there is no such. */
export async function lockStaff(sql: Sql, email: string): Promise<boolean> {
  const rows = await sql.query(
    `select from account where email = $1 and role = 'staff' for update`,
    [email],
  )
  return rows.length > 0
}

/** False: an account of that e-mail is there already. */
export async function addStaff(
  sql: Sql,
  { email, staffRole, secret }: { email: string; staffRole: StaffRoleName; secret: string },
): Promise<boolean> {
  const rows = await sql.query(
    `insert into account(email, role, staff_role, secret) values ($1, 'staff', $2, $3)
     on conflict do nothing returning email`,
    [email, staffRole, secret],
  )
  return rows.length > 0
}

export async function setStaffRole(sql: Sql, email: string, to: StaffRoleName): Promise<void> {
  await sql.query('update account set staff_role = $2 where email = $1', [email, to])
}

/** Lets an account in again (null), or keeps it out from a moment on. */
export async function setDisabled(sql: Sql, email: string, at: Moment | null): Promise<void> {
  await sql.query('update account set disabled_at = $2 where email = $1', [email, at])
}

export async function endSessionsOf(sql: Sql, email: string): Promise<void> {
  await sql.query('delete from session where email = $1', [email])
}

/** A new invitation; whatever was out before is worth nothing. */
export async function putInvitation(
  sql: Sql,
  { email, tokenHash, until }: { email: string; tokenHash: string; until: Moment },
): Promise<void> {
  await sql.query('delete from invitation where email = $1', [email])
  await sql.query('insert into invitation(token_hash, email, until) values ($1, $2, $3)', [
    tokenHash,
    email,
    until,
  ])
}

/** Takes an invitation up, once; null: there is none that still lasts. */
export async function takeInvitation(
  sql: Sql,
  tokenHash: string,
  now: Moment,
): Promise<string | null> {
  const [row] = await sql.query<{ email: string }>(
    `delete from invitation using account
     where token_hash = $1 and until > $2 and account.email = invitation.email
       and disabled_at is null
     returning invitation.email`,
    [tokenHash, now],
  )
  return row?.email ?? null
}

export async function setSecret(sql: Sql, email: string, secret: string): Promise<void> {
  await sql.query('update account set secret = $2 where email = $1', [email, secret])
}
