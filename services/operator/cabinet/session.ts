import type { Context as Call } from 'hono'
import { done, type Handlers } from '#core/api/contract.ts'
import type { cabinetSessionApi } from '#core/api/operator-cabinet/session.ts'
import type { AccountRow } from '../store/accounts.ts'
import { recordAct } from '../store/acts.ts'
import { actorOf, type CabinetPorts, rightsOf, type Visitor } from './door.ts'

/** Signing in and out, and what an account chooses for itself. */
export function sessionHandlers({
  accounts,
  db,
  clock,
}: CabinetPorts): Handlers<typeof cabinetSessionApi, Visitor, Call> {
  const noted = (visitor: Visitor, what: 'signed-in' | 'signed-out') =>
    recordAct(db, actorOf(visitor, clock.now()), { what, unp: visitor.account.unp })
  return {
    signIn: async (typed, call) => {
      const entered = await accounts.signIn(call, typed)
      if (entered.kind !== 'in') return entered
      const { account } = entered
      await noted({ call, account }, 'signed-in')
      return done(shown(account))
    },
    session: async (_, { account }) => done(shown(account)),
    signOut: async (_, visitor) => {
      await accounts.signOut(visitor.call)
      await noted(visitor, 'signed-out')
      return done({})
    },
    chooseLanguage: async ({ language }, { account }) => {
      await accounts.setLanguage(account.email, language)
      return done(shown({ ...account, language }))
    },
  }
}

const shown = (account: AccountRow) => ({
  email: account.email,
  role: account.role,
  client: account.company ?? '',
  rights: [...rightsOf(account)],
  language: account.language,
})
