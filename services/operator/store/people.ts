import type { ClientRole } from '#core/access/roles.ts'
import type { Sql } from '#services/runtime/sql.ts'

// A client's people: their accounts, and who has been asked to be one of them.

export type PersonRow = { email: string; role: ClientRole; disabled: boolean }
export type InvitationRow = { email: string; role: ClientRole; until: number }

export const peopleOf = (sql: Sql, unp: string): Promise<PersonRow[]> =>
  sql.query(
    `select email, client_role as role, disabled_at is not null as disabled
     from account where unp = $1 and role = 'client' order by email`,
    [unp],
  )

export const invitationsOf = (sql: Sql, unp: string, now: number): Promise<InvitationRow[]> =>
  sql.query(
    `select email, client_role as role, until from client_invitation
     where unp = $1 and until > $2 order by email`,
    [unp, now],
  )

/** Holds the client's people until the transaction ends: one change at a time. */
export async function holdPeople(sql: Sql, unp: string): Promise<void> {
  await sql.query('select from client where unp = $1 for update', [unp])
}

/** The newest invitation of a person to a client takes the place of the one before. */
export async function setInvitation(
  sql: Sql,
  invitation: {
    tokenHash: string
    unp: string
    email: string
    role: ClientRole
    by: string
    until: number
  },
): Promise<void> {
  const { tokenHash, unp, email, role, by, until } = invitation
  await endInvitation(sql, unp, email)
  await sql.query(
    `insert into client_invitation(token_hash, unp, email, client_role, invited_by, until)
     values ($1, $2, $3, $4, $5, $6)`,
    [tokenHash, unp, email, role, by, until],
  )
}

/** False: there was none. */
export async function endInvitation(sql: Sql, unp: string, email: string): Promise<boolean> {
  const rows = await sql.query(
    'delete from client_invitation where unp = $1 and email = $2 returning email',
    [unp, email],
  )
  return rows.length > 0
}

export type Invited = InvitationRow & { unp: string; company: string }

export async function invitationBy(
  sql: Sql,
  tokenHash: string,
  now: number,
): Promise<Invited | null> {
  const [row] = await sql.query<Invited>(
    `select email, client_role as role, until, asked.unp, company
     from client_invitation asked join client on client.unp = asked.unp
     where token_hash = $1 and until > $2`,
    [tokenHash, now],
  )
  return row ?? null
}

/** False: somebody has an account by that name, this client's or another's. */
export async function addAccount(
  sql: Sql,
  { email, unp, role }: Pick<Invited, 'email' | 'unp' | 'role'>,
  secret: string,
): Promise<boolean> {
  const rows = await sql.query(
    `insert into account(email, role, unp, client_role, secret)
     values ($1, 'client', $2, $3, $4) on conflict do nothing returning email`,
    [email, unp, role, secret],
  )
  return rows.length > 0
}

/** Changes what a person may; whoever is disabled or may less is signed out everywhere. */
export async function setPerson(
  sql: Sql,
  { email, role, disabled }: PersonRow,
  now: number,
): Promise<void> {
  await sql.query(
    `update account set client_role = $2,
            disabled_at = case when $3 then coalesce(disabled_at, $4::bigint) end
     where email = $1`,
    [email, role, disabled, now],
  )
  await endOtherSessions(sql, email, '')
}

/** Ends the sessions of an account, all but the one of this hash. */
export async function endOtherSessions(sql: Sql, email: string, but: string): Promise<void> {
  await sql.query('delete from session where email = $1 and token_hash <> $2', [email, but])
}
