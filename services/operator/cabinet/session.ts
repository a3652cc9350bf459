import type { Context as Call } from 'hono'
import { rightsOfAccount } from '#core/access/roles.ts'
import { done, type Handlers } from '#core/api/contract.ts'
import type { cabinetSessionApi } from '#core/api/operator-cabinet/session.ts'
import type { Moment } from '#core/time.ts'
import { actorOf } from '#services/runtime/actors.ts'
import { recordAct } from '../store/acts.ts'
import type { CabinetPorts, Visitor } from './door.ts'

/** Signing in and out, and what an account chooses for itself. */
export function sessionHandlers({
  accounts,
  db,
  clock,
}: CabinetPorts): Handlers<typeof cabinetSessionApi, Visitor, Call> {
  const noted = (visitor: Pick<Visitor, 'call' | 'account'>, what: 'signed-in' | 'signed-out') =>
    recordAct(db, actorOf(visitor, clock.now()), { what, unp: visitor.account.unp })
  return {
    signIn: async (typed, call) => {
      const entered = await accounts.signIn(call, typed)
      if (entered.kind !== 'in') return entered
      const { account } = entered
      await noted({ call, account }, 'signed-in')
      return done(shown({ account, view: null }, clock.now()))
    },
    session: async (_, visitor) => done(shown(visitor, clock.now())),
    signOut: async (_, visitor) => {
      await accounts.signOut(visitor.call)
      await noted(visitor, 'signed-out')
      return done({})
    },
    chooseLanguage: async ({ language }, { account, view }) => {
      await accounts.setLanguage(account.email, language)
      return done(shown({ account: { ...account, language }, view }, clock.now()))
    },
  }
}

function shown({ account, view }: Pick<Visitor, 'account' | 'view'>, now: Moment) {
  const { email, role, company, language, staffRole, secondFactor } = account
  const viewing = view && {
    unp: view.unp,
    company: view.company,
    reason: view.reason,
    leftMs: Math.max(0, view.until - now),
  }
  const rights = [...rightsOfAccount(account)]
  const client = company ?? ''
  return { email, role, client, rights, language, staffRole, secondFactor, viewing }
}
