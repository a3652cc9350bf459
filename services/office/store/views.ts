import type { SavedView } from '#core/api/office-views.ts'
import type { Sql } from '#services/runtime/sql.ts'

/** Somebody's views, by name. */
export const savedViewsOf = (sql: Sql, email: string): Promise<SavedView[]> =>
  sql.query('select id, name, filter from saved_view where email = $1 order by name, id', [email])

/** Whoever changes her views goes one by one. */
export const lockSavedViews = (sql: Sql, email: string): Promise<unknown> =>
  sql.query('select from account where email = $1 for update', [email])

export async function addView(
  sql: Sql,
  email: string,
  { name, filter }: Omit<SavedView, 'id'>,
): Promise<void> {
  await sql.query('insert into saved_view(email, name, filter) values ($1, $2, $3::jsonb)', [
    email,
    name,
    JSON.stringify(filter),
  ])
}

export async function renameView(
  sql: Sql,
  email: string,
  { id, name }: Omit<SavedView, 'filter'>,
): Promise<void> {
  await sql.query('update saved_view set name = $3 where email = $1 and id = $2', [email, id, name])
}

export async function removeView(sql: Sql, email: string, id: number): Promise<void> {
  await sql.query('delete from saved_view where email = $1 and id = $2', [email, id])
}
