import type { Context as Call } from 'hono'
import { operatorRoles } from '#core/access/roles.ts'
import { refused } from '#core/api/contract.ts'
import { vouch } from '#services/runtime/listen.ts'
import { sha256 } from '#services/runtime/secret.ts'
import type { Door } from '#services/runtime/serve.ts'
import type { SignInCookies } from '#services/runtime/sign-in.ts'
import type { OperatorPorts } from '../ports.ts'
import { type AccountRow, sessionOf } from '../store/accounts.ts'

export type CabinetPorts = OperatorPorts & { signIn: SignInCookies }

/** Who has signed in to the cabinet, and by which call. */
export type Visitor = { call: Call; account: AccountRow }

/** Knows a visitor by the session's cookie. */
export const cabinetDoor = ({ db, clock, signIn }: CabinetPorts): Door<Visitor, Call> => ({
  open: (call) => call,
  signedIn: async (call) => {
    const token = signIn.tokenOf(call)
    const account = token === '' ? null : await sessionOf(db, sha256(token), clock.now())
    if (!account) return sessionRequired
    vouch(call, account.email)
    return { call, account }
  },
  may: ({ account: { role } }, right) => operatorRoles[role].some((each) => each === right),
  forbid: (right) => refused('right.required', { reason: 'cabinet', right }),
})

const sessionRequired = refused('session.required', { reason: 'cabinet' })

/** Of whose registers an account sees. No client has an empty UNP: without one it owns nothing. */
export const unpOf = ({ unp }: AccountRow): string => unp ?? ''
