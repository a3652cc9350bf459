import type { Language } from '#core/words/language.ts'
import type { Sql } from '#services/runtime/sql.ts'

export type AccountRow = {
  email: string
  role: 'client' | 'staff'
  unp: string | null
  company: string | null
  /** What it chose to read; null: it never did. */
  language: Language | null
}

export async function accountOf(sql: Sql, email: string): Promise<AccountRow | null> {
  const [row] = await sql.query<AccountRow>(
    `select email, role, account.unp, company, language
     from account left join client on client.unp = account.unp where email = $1`,
    [email],
  )
  return row ?? null
}
