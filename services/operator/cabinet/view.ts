import type { Context as Call } from 'hono'
import { done, type Handlers, refused } from '#core/api/contract.ts'
import type { cabinetViewApi } from '#core/api/operator-cabinet/view.ts'
import { MINUTE } from '#core/time.ts'
import { actorOf } from '#services/runtime/actors.ts'
import { recordAct } from '../store/acts.ts'
import * as store from '../store/views.ts'
import { type CabinetPorts, unpOf, type Visitor } from './door.ts'

const VIEW_MS = 30 * MINUTE

/** Seeing what a client sees: with a reason, for half an hour, and the client is shown who has. */
export function viewHandlers({
  db,
  clock,
  accounts,
}: CabinetPorts): Handlers<typeof cabinetViewApi, Visitor, Call> {
  return {
    beginView: ({ unp, reason }, by) =>
      db.transaction(async (sql) => {
        const actor = actorOf(by, clock.now())
        const view = { unp, reason, until: actor.now + VIEW_MS }
        const known = await store.setView(sql, accounts.tokenHashOf(by.call), view)
        if (!known) return refused('client.unknown')
        await recordAct(sql, actor, { what: 'view', unp, reason })
        return done({})
      }),
    endView: (_, by) =>
      db.transaction(async (sql) => {
        if (!by.view) return done({})
        await store.endViewOf(sql, accounts.tokenHashOf(by.call))
        await recordAct(sql, actorOf(by, clock.now()), { what: 'view-ended', unp: by.view.unp })
        return done({})
      }),
    views: async (_, { account }) =>
      done({ views: await store.viewsOf(db, unpOf(account), VIEW_MS) }),
  }
}
