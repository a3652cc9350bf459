import type { Context as Call } from 'hono'
import type { AccountActName } from '#core/access/acts.ts'
import type { cabinetOwnApi } from '#core/api/cabinet/own.ts'
import { done, type Handlers } from '#core/api/contract.ts'
import { type Accounts, endOtherSessions, endSessionOf, sessionsOf } from './accounts.ts'
import { type AnyVisitor, actorOf, type RecordAct } from './actors.ts'
import type { Clock } from './clock.ts'
import type { SecondFactor } from './second-factor.ts'
import { hashSecret } from './secret.ts'
import type { Postgres, Sql } from './sql.ts'

const ISSUER = 'zPOS'

export type OwnAccountPorts<Visitor> = {
  db: Postgres
  clock: Clock
  accounts: Pick<Accounts<unknown>, 'guess' | 'tokenHashOf'>
  factor: SecondFactor
  /** Whose company the visitor is of; null: of none. */
  clientOf: (visitor: Visitor) => string | null
  record: RecordAct
}

/** What an account does about its own sign-in: password, second factor, sessions. */
export function ownAccountHandlers<Visitor extends AnyVisitor>(
  ports: OwnAccountPorts<Visitor>,
): Handlers<typeof cabinetOwnApi, Visitor, Call> {
  const { db, clock, accounts, clientOf, record } = ports
  const noted = (sql: Sql, by: Visitor, what: AccountActName) =>
    record(sql, actorOf(by, clock.now()), {
      what,
      client: clientOf(by),
      target: by.account.email,
    })
  return Object.assign(factorHandlers(ports), {
    changePassword: async ({ current, password }, by) => {
      const { email } = by.account
      const wrong = await accounts.guess(by.call, { email, password: current })
      if (wrong) return wrong
      const secret = await hashSecret(password)
      await db.transaction(async (sql) => {
        await sql.query('update account set secret = $2 where email = $1', [email, secret])
        await endOtherSessions(sql, email, accounts.tokenHashOf(by.call))
        await noted(sql, by, 'password-changed')
      })
      return done({})
    },
    sessions: async (_, { call, account: { email } }) => {
      const asked = { own: accounts.tokenHashOf(call), now: clock.now() }
      return done({ sessions: await sessionsOf(db, email, asked) })
    },
    endSession: async ({ session }, by) => {
      await db.transaction(async (sql) => {
        await endSessionOf(sql, by.account.email, session)
        await noted(sql, by, 'sessions-ended')
      })
      return done({})
    },
    endOtherSessions: async (_, by) => {
      await db.transaction(async (sql) => {
        await endOtherSessions(sql, by.account.email, accounts.tokenHashOf(by.call))
        await noted(sql, by, 'sessions-ended')
      })
      return done({})
    },
  } satisfies Partial<Handlers<typeof cabinetOwnApi, Visitor, Call>>)
}

function factorHandlers<Visitor extends AnyVisitor>({
  db,
  clock,
  factor,
}: Pick<OwnAccountPorts<Visitor>, 'db' | 'clock' | 'factor'>): Pick<
  Handlers<typeof cabinetOwnApi, Visitor, Call>,
  'beginSecondFactor' | 'confirmSecondFactor' | 'dropSecondFactor'
> {
  return {
    beginSecondFactor: async (_, { account: { email } }) => {
      const offered = await db.transaction((sql) => factor.offer(sql, email, ISSUER))
      if (offered.kind === 'refused') return offered
      const { secret, uri } = offered
      return done({ secret, uri })
    },
    confirmSecondFactor: async ({ code }, by) => {
      const actor = actorOf(by, clock.now())
      const confirmed = await db.transaction((sql) => factor.confirm(sql, actor, code))
      if (confirmed.kind === 'refused') return confirmed
      return done({ recoveryCodes: confirmed.recoveryCodes })
    },
    dropSecondFactor: async ({ code }, by) => {
      const actor = actorOf(by, clock.now())
      const refusal = await db.transaction((sql) => factor.drop(sql, actor, code))
      return refusal ?? done({})
    },
  }
}
