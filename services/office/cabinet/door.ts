import type { Context as Call } from 'hono'
import { rightsAtOffice } from '#core/access/roles.ts'
import { done, type Handlers, refused } from '#core/api/contract.ts'
import type { officeSessionApi } from '#core/api/office-cabinet.ts'
import { type Accounts, sessionRequired } from '#services/runtime/accounts.ts'
import { actorOf } from '#services/runtime/actors.ts'
import { vouch } from '#services/runtime/listen.ts'
import type { SecondFactor } from '#services/runtime/second-factor.ts'
import type { Door } from '#services/runtime/serve.ts'
import type { OfficePorts } from '../ports.ts'
import { noteAct } from '../store/acts.ts'
import type { OfficeAccount } from '../store/contracts.ts'

export type OfficeCabinetPorts = OfficePorts & {
  accounts: Accounts<OfficeAccount, 'code.required' | 'code.wrong' | 'password.locked'>
  factor: SecondFactor
}

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
  may: ({ account }, right) => rightsAtOffice(account).some((each) => each === right),
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
  db,
  clock,
}: OfficeCabinetPorts): Handlers<typeof officeSessionApi, OfficeVisitor, Call> => {
  const noted = (visitor: OfficeVisitor, what: 'signed-in' | 'signed-out') => {
    const { email: target, contract } = visitor.account
    return noteAct(db, actorOf(visitor, clock.now()), { what, target, contract })
  }
  return {
    signIn: async (typed, call) => {
      const entered = await accounts.signIn(call, typed)
      if (entered.kind !== 'in') return entered
      await noted({ call, account: entered.account }, 'signed-in')
      return done(shown(entered.account))
    },
    session: async (_, { account }) => done(shown(account)),
    signOut: async (_, visitor) => {
      await accounts.signOut(visitor.call)
      await noted(visitor, 'signed-out')
      return done({})
    },
    chooseLanguage: async ({ language }, { account }) => {
      await accounts.setLanguage(account.email, language)
      return done(shown(Object.assign({}, account, { language })))
    },
  }
}

function shown(account: OfficeAccount) {
  const { email, role, company, language, secondFactor } = account
  const rights = [...rightsAtOffice(account)]
  return { email, role, client: company ?? '', rights, language, secondFactor }
}
