import { done, type Handlers, invalid } from '#core/api/contract.ts'
import { MOST_VIEWS, type viewsApi } from '#core/api/office-views.ts'
import type { Sql } from '#services/runtime/sql.ts'
import type { OfficePorts } from '../ports.ts'
import * as store from '../store/views.ts'
import type { OfficeVisitor } from './door.ts'

/** The visitor's own views of the transactions; nobody else's are ever touched. */
export function viewsHandlers({ db }: OfficePorts): Handlers<typeof viewsApi, OfficeVisitor> {
  const listed = async (sql: Sql, { account: { email } }: OfficeVisitor) =>
    done({ views: await store.savedViewsOf(sql, email) })
  return {
    views: (_, visitor) => listed(db, visitor),
    saveView: ({ name, filter }, visitor) =>
      db.transaction(async (sql) => {
        const { email } = visitor.account
        await store.lockSavedViews(sql, email)
        const known = await store.savedViewsOf(sql, email)
        if (known.some((each) => each.name === name)) return invalid('name', 'taken')
        if (known.length >= MOST_VIEWS) return invalid('name', 'too-many', { limit: MOST_VIEWS })
        await store.addView(sql, email, { name, filter })
        return listed(sql, visitor)
      }),
    renameView: ({ view: id, name }, visitor) =>
      db.transaction(async (sql) => {
        const { email } = visitor.account
        await store.lockSavedViews(sql, email)
        const known = await store.savedViewsOf(sql, email)
        if (!known.some((each) => each.id === id)) return invalid('view', 'unknown')
        const isTaken = known.some((each) => each.name === name && each.id !== id)
        if (isTaken) return invalid('name', 'taken')
        await store.renameView(sql, email, { id, name })
        return listed(sql, visitor)
      }),
    removeView: async ({ view }, visitor) => {
      await store.removeView(db, visitor.account.email, view)
      return listed(db, visitor)
    },
  }
}
