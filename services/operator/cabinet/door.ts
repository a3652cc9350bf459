import type { Context as Call } from 'hono'
import type { OperatorRight } from '#core/access/rights.ts'
import { clientRoles, operatorRoles } from '#core/access/roles.ts'
import { refused } from '#core/api/contract.ts'
import type { Moment } from '#core/time.ts'
import { type Accounts, sessionRequired } from '#services/runtime/accounts.ts'
import { vouch } from '#services/runtime/listen.ts'
import { addressOf, type Door } from '#services/runtime/serve.ts'
import type { OperatorPorts } from '../ports.ts'
import type { AccountRow } from '../store/accounts.ts'
import type { Actor } from '../store/acts.ts'

export type CabinetPorts = OperatorPorts & { accounts: Accounts<AccountRow> }

/** Who has signed in to the cabinet, and by which call. */
export type Visitor = { call: Call; account: AccountRow }

/** Knows a visitor by the session's cookie. */
export const cabinetDoor = ({ accounts }: CabinetPorts): Door<Visitor, Call> => ({
  open: (call) => call,
  signedIn: async (call) => {
    const account = await accounts.signedIn(call)
    if (!account) return sessionRequired
    vouch(call, account.email)
    return { call, account }
  },
  may: ({ account }, right) => rightsOf(account).some((each) => each === right),
  forbid: (right) => refused('right.required', { reason: 'cabinet', right }),
})

/** What an account may beside reading what is its own. */
export const rightsOf = ({ role, clientRole }: AccountRow): readonly OperatorRight[] =>
  role === 'staff' ? operatorRoles.staff : clientRoles[clientRole]

/** Who acts by this call, as the audit trail names it. */
export const actorOf = ({ call, account }: Visitor, now: Moment): Actor => ({
  email: account.email,
  origin: addressOf(call),
  now,
})

/** Of whose registers an account sees. No client has an empty UNP: without one it owns nothing. */
export const unpOf = ({ unp }: AccountRow): string => unp ?? ''
