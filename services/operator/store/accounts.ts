import type { StaffRoleName } from '#core/access/roles.ts'
import type { Language } from '#core/words/language.ts'
import type { Sql } from '#services/runtime/sql.ts'

export type AccountRow = {
  email: string
  role: 'client' | 'staff'
  unp: string | null
  company: string | null
  /** What it chose to read; null: it never did. */
  language: Language | null
  /** Of the operator's people; null: a client, or none yet. */
  staffRole: StaffRoleName | null
  secondFactor: boolean
}

/** Null: there is none, or it is disabled. */
export async function accountOf(sql: Sql, email: string): Promise<AccountRow | null> {
  const [row] = await sql.query<AccountRow>(
    `select email, role, account.unp, company, language, staff_role as "staffRole",
            exists(select from second_factor f
                   where f.email = account.email and confirmed_at is not null) as "secondFactor"
     from account left join client on client.unp = account.unp
     where email = $1 and disabled_at is null`,
    [email],
  )
  return row ?? null
}
