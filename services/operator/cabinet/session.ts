import type { Context as Call } from 'hono'
import { operatorRoles } from '#core/access/roles.ts'
import { done, type Handlers } from '#core/api/contract.ts'
import type { cabinetSessionApi } from '#core/api/operator-cabinet/session.ts'
import type { AccountRow } from '../store/accounts.ts'
import type { CabinetPorts, Visitor } from './door.ts'

/** Signing in and out, and what an account chooses for itself. */
export function sessionHandlers({
  accounts,
}: CabinetPorts): Handlers<typeof cabinetSessionApi, Visitor, Call> {
  return {
    signIn: async (typed, call) => {
      const entered = await accounts.signIn(call, typed)
      return entered.kind === 'in' ? done(shown(entered.account)) : entered
    },
    session: async (_, { account }) => done(shown(account)),
    signOut: async (_, { call }) => {
      await accounts.signOut(call)
      return done({})
    },
    chooseLanguage: async ({ language }, { account }) => {
      await accounts.setLanguage(account.email, language)
      return done(shown({ ...account, language }))
    },
  }
}

const shown = ({ email, role, company, language }: AccountRow) => ({
  email,
  role,
  client: company ?? '',
  rights: [...operatorRoles[role]],
  language,
})
