import type { Context as Call } from 'hono'
import { rightsOfAccount } from '#core/access/roles.ts'
import { refused } from '#core/api/contract.ts'
import { type Accounts, sessionRequired } from '#services/runtime/accounts.ts'
import { actorOf } from '#services/runtime/actors.ts'
import { vouch } from '#services/runtime/listen.ts'
import type { SecondFactor } from '#services/runtime/second-factor.ts'
import type { Door } from '#services/runtime/serve.ts'
import type { OperatorPorts } from '../ports.ts'
import type { AccountRow } from '../store/accounts.ts'
import { recordAct } from '../store/acts.ts'
import { clientViewOf, type View } from '../store/views.ts'

/** What an account's sign-in may be refused for beside its password. */
type CodeRefusal = 'code.required' | 'code.wrong' | 'password.locked'

export type CabinetPorts = OperatorPorts & {
  accounts: Accounts<AccountRow, CodeRefusal>
  factor: SecondFactor
}

/**
 * Who has signed in to the cabinet, and by which call. While one of the operator's people views as
 * a client (`view`), the account is the client's in what it sees, and her own in its name.
 */
export type Visitor = { call: Call; account: AccountRow; view: View | null }

/** What may be done while viewing as a client: it is of the viewer herself. */
const OF_THE_VIEWER = ['/api/session', '/api/session/language', '/api/view']

/** Knows a visitor by the session's cookie; writes each look at a client's data down. */
export const cabinetDoor = ({ accounts, db, clock }: CabinetPorts): Door<Visitor, Call> => ({
  open: (call) => call,
  signedIn: async (call) => {
    const account = await accounts.signedIn(call)
    if (!account) return sessionRequired
    vouch(call, account.email)
    const now = clock.now()
    const isStaff = account.role === 'staff'
    const view = isStaff ? await clientViewOf(db, accounts.tokenHashOf(call), now) : null
    if (!view) return { call, account, view }
    const { method, path } = call.req
    const { unp, company } = view
    const seen = { role: 'client', clientRole: 'viewer', unp, company } as const
    const visitor = { call, account: Object.assign({}, account, seen), view }
    if (OF_THE_VIEWER.includes(path)) return visitor
    if (method !== 'GET') return refused('view.read-only')
    await recordAct(db, actorOf(visitor, now), { what: 'looked', unp, target: path })
    return visitor
  },
  may: ({ account }, right) => rightsOfAccount(account).some((each) => each === right),
  forbid: (right) => refused('right.required', { reason: 'cabinet', right }),
})

/** Of whose registers an account sees. No client has an empty UNP: without one it owns nothing. */
export const unpOf = ({ unp }: AccountRow): string => unp ?? ''
