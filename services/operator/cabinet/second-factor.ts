import type { Context as Call } from 'hono'
import { done, type Handlers } from '#core/api/contract.ts'
import type { cabinetSecondFactorApi } from '#core/api/operator-cabinet/second-factor.ts'
import { actorOf, type CabinetPorts, type Visitor } from './door.ts'

const ISSUER = 'zPOS'

/** An account's own second factor. */
export function secondFactorHandlers({
  db,
  clock,
  factor,
}: CabinetPorts): Handlers<typeof cabinetSecondFactorApi, Visitor, Call> {
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
