import type { ClientRole } from '#core/access/roles.ts'
import { endOtherSessions } from './accounts.ts'
import type { Sql } from './sql.ts'

// A client's people: their accounts, and who has been asked to be one of them. The database has
// account(email, role, client_role, disabled_at, …) and client_invitation(token_hash, email,
// client_role, invited_by, until, …), both with a column that names the client.

/** Clients in a cabinet's database: their table, its key, and what names them elsewhere. */
export type ClientColumns = { table: string; key: string; named: string }

export type PersonRow = { email: string; role: ClientRole; disabled: boolean }
export type InvitationRow = { email: string; role: ClientRole; until: number }
export type Invitation = InvitationRow & { tokenHash: string; client: string; by: string }
export type Invited = InvitationRow & { client: string; company: string }

/** The people of the clients of one cabinet, in its database. */
export function clientPeopleRows({ table, key, named }: ClientColumns) {
  const endInvitation = async (sql: Sql, client: string, email: string): Promise<boolean> => {
    const rows = await sql.query(
      `delete from client_invitation where ${named} = $1 and email = $2 returning email`,
      [client, email],
    )
    return rows.length > 0
  }
  return {
    peopleOf: (sql: Sql, client: string): Promise<PersonRow[]> =>
      sql.query(
        `select email, client_role as role, disabled_at is not null as disabled
         from account where ${named} = $1 and role = 'client' order by email`,
        [client],
      ),
    invitationsOf: (sql: Sql, client: string, now: number): Promise<InvitationRow[]> =>
      sql.query(
        `select email, client_role as role, until from client_invitation
         where ${named} = $1 and until > $2 order by email`,
        [client, now],
      ),
    /** Holds the client's people until the transaction ends: one change at a time. */
    holdPeople: async (sql: Sql, client: string): Promise<void> => {
      await sql.query(`select from ${table} where ${key} = $1 for update`, [client])
    },
    /** The newest invitation of a person to a client takes the place of the one before. */
    setInvitation: async (sql: Sql, invitation: Invitation): Promise<void> => {
      const { tokenHash, client, email, role, by, until } = invitation
      await endInvitation(sql, client, email)
      await sql.query(
        `insert into client_invitation(token_hash, ${named}, email, client_role, invited_by, until)
         values ($1, $2, $3, $4, $5, $6)`,
        [tokenHash, client, email, role, by, until],
      )
    },
    /** False: there was none. */
    endInvitation,
    invitationBy: async (sql: Sql, tokenHash: string, now: number): Promise<Invited | null> => {
      const [row] = await sql.query<Invited>(
        `select email, client_role as role, until, of.${key} as client, company
         from client_invitation asked join ${table} of on of.${key} = asked.${named}
         where token_hash = $1 and until > $2`,
        [tokenHash, now],
      )
      return row ?? null
    },
    /** False: somebody has an account by that name, this client's or another's. */
    addAccount: async (
      sql: Sql,
      { email, client, role }: Pick<Invited, 'email' | 'client' | 'role'>,
      secret: string,
    ): Promise<boolean> => {
      const rows = await sql.query(
        `insert into account(email, role, ${named}, client_role, secret)
         values ($1, 'client', $2, $3, $4) on conflict do nothing returning email`,
        [email, client, role, secret],
      )
      return rows.length > 0
    },
    /** Changes what a person may; whoever is disabled or may less is signed out everywhere. */
    setPerson: async (
      sql: Sql,
      { email, role, disabled }: PersonRow,
      now: number,
    ): Promise<void> => {
      await sql.query(
        `update account set client_role = $2,
                disabled_at = case when $3 then coalesce(disabled_at, $4::bigint) end
         where email = $1`,
        [email, role, disabled, now],
      )
      await endOtherSessions(sql, email, '')
    },
  }
}
