import type { cabinetNoticesApi } from '#core/api/cabinet/notices.ts'
import { done, type Handlers } from '#core/api/contract.ts'
import type { NoticeName } from '#core/notices.ts'
import type { AnyVisitor } from './actors.ts'
import type { Postgres, Sql } from './sql.ts'

// What an account does not want to be told of by mail stands in the table unwanted_notice.

/** An account's choice of notices among those of its cabinet. */
export function noticesHandlers<Name extends NoticeName, Visitor extends AnyVisitor>(
  db: Postgres,
  names: readonly Name[],
): Handlers<ReturnType<typeof cabinetNoticesApi<Name>>, Visitor> {
  const wantedBy = async (sql: Sql, email: string) => {
    const rows = await sql.query<{ notice: string }>(
      'select notice from unwanted_notice where email = $1',
      [email],
    )
    const unwanted = rows.map(({ notice }) => notice)
    return done({ wanted: names.filter((name) => !unwanted.includes(name)) })
  }
  return {
    notices: (_, { account: { email } }) => wantedBy(db, email),
    chooseNotices: ({ wanted }, { account: { email } }) =>
      db.transaction(async (sql) => {
        const unwanted = names.filter((name) => !wanted.includes(name))
        await sql.query('delete from unwanted_notice where email = $1', [email])
        await sql.query(
          'insert into unwanted_notice(email, notice) select $1, unnest($2::text[])',
          [email, unwanted],
        )
        return wantedBy(sql, email)
      }),
  }
}
