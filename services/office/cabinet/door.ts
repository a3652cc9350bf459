import type { Context as Call } from 'hono'
import { officeRoles } from '#core/access/roles.ts'
import { done, type Handlers, refused } from '#core/api/contract.ts'
import type { officeSessionApi } from '#core/api/office-cabinet.ts'
import { type Accounts, sessionRequired } from '#services/runtime/accounts.ts'
import { vouch } from '#services/runtime/listen.ts'
import type { Door } from '#services/runtime/serve.ts'
import type { OfficePorts } from '../ports.ts'
import type { OfficeAccount } from '../store/contracts.ts'

export type OfficeCabinetPorts = OfficePorts & { accounts: Accounts<OfficeAccount> }

/** Who has signed in to the cabinet, and by which call. */
export type OfficeVisitor = { call: Call; account: OfficeAccount }

/** Knows a visitor by the session's cookie. */
export const officeDoor = ({ accounts }: OfficeCabinetPorts): Door<OfficeVisitor, Call> => ({
  open: (call) => call,
  signedIn: async (call) => {
    const account = await accounts.signedIn(call)
    if (!account) return sessionRequired
    vouch(call, account.email)
    return { call, account }
  },
  may: ({ account: { role } }, right) => officeRoles[role].some((each) => each === right),
  forbid: (right) => refused('right.required', { reason: 'cabinet', right }),
})

/** Of whose contract somebody sees: null is every one, for staff. */
export const contractSeen = ({ role, contract }: OfficeAccount): string | null =>
  role === 'staff' ? null : (contract ?? '')

/** Of whose personal account somebody sees: null is every one, for staff. */
export const accountSeen = ({ role, account }: OfficeAccount): string | null =>
  role === 'staff' ? null : (account ?? '')

/** No client is called so. */
const NOBODY = '-'

/** Whose trade somebody sees: her own company's. Staff have none. */
export const unpSeen = ({ unp }: OfficeAccount): string => unp ?? NOBODY

/** Signing in and out, and what an account chooses for itself. */
export const officeSessionHandlers = ({
  accounts,
}: OfficeCabinetPorts): Handlers<typeof officeSessionApi, OfficeVisitor, Call> => ({
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
    return done(shown(Object.assign({}, account, { language })))
  },
})

const shown = ({ email, role, company, language }: OfficeAccount) => ({
  email,
  role,
  client: company ?? '',
  rights: [...officeRoles[role]],
  language,
})
