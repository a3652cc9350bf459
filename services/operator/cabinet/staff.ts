import type { Context as Call } from 'hono'
import type { ActName } from '#core/access/acts.ts'
import { done, type Handlers, refused } from '#core/api/contract.ts'
import type { cabinetStaffApi } from '#core/api/operator-cabinet/staff.ts'
import { DAY, type Moment } from '#core/time.ts'
import { type Actor, actorOf } from '#services/runtime/actors.ts'
import { decoySecret, hashSecret, newToken, sha256 } from '#services/runtime/secret.ts'
import { addressOf } from '#services/runtime/serve.ts'
import type { Sql } from '#services/runtime/sql.ts'
import { recordAct } from '../store/acts.ts'
import * as store from '../store/staff.ts'
import type { CabinetPorts, Visitor } from './door.ts'

/** How long an invitation can be taken up. */
const INVITED_MS = 3 * DAY

/** The operator's own people. */
export function staffHandlers(
  ports: CabinetPorts,
): Handlers<typeof cabinetStaffApi, Visitor, Call> {
  const { db, clock, factor } = ports
  const onOne = changing(ports)
  return {
    staff: async () => done({ people: await store.staffOf(db, clock.now()) }),
    inviteStaff: ({ email, staffRole }, by) =>
      db.transaction(async (sql) => {
        const actor = actorOf(by, clock.now())
        // Nobody knows the secret of this hash: the password is chosen by the invitation.
        const account = { email, staffRole, secret: decoySecret }
        if (!(await store.addStaff(sql, account))) return refused('account.exists')
        await recordAct(sql, actor, { what: 'staff-invited', target: email, reason: staffRole })
        return done(await invite(sql, email, actor))
      }),
    changeStaff: ({ email, staffRole, reason }, by) => {
      const act = { email, what: 'staff-role', reason: `${staffRole}: ${reason}` } as const
      return onOne(by, act, async (sql, { isLast }) => {
        if (isLast && staffRole !== 'administrator') return refused('staff.last')
        await store.setStaffRole(sql, email, staffRole)
        return null
      })
    },
    disableStaff: ({ email, reason }, by) =>
      onOne(by, { email, what: 'staff-disabled', reason }, async (sql, { isLast, now }) => {
        if (isLast) return refused('staff.last')
        await store.setDisabled(sql, email, now)
        await store.endSessionsOf(sql, email)
        return null
      }),
    enableStaff: ({ email, reason }, by) =>
      onOne(by, { email, what: 'staff-enabled', reason }, async (sql) => {
        await store.setDisabled(sql, email, null)
        return null
      }),
    endStaffSessions: ({ email, reason }, by) =>
      onOne(by, { email, what: 'sessions-ended', reason }, async (sql) => {
        await store.endSessionsOf(sql, email)
        return null
      }),
    reinviteStaff: ({ email, reason }, by) =>
      db.transaction(async (sql) => {
        if (!(await store.lockStaff(sql, email))) return refused('staff.unknown')
        const actor = actorOf(by, clock.now())
        await recordAct(sql, actor, { what: 'staff-invited', target: email, reason })
        return done(await invite(sql, email, actor))
      }),
    resetStaffFactor: ({ email, reason }, by) =>
      db.transaction(async (sql) => {
        if (!(await store.lockStaff(sql, email))) return refused('staff.unknown')
        await factor.reset(sql, actorOf(by, clock.now()), { target: email, reason })
        return done({})
      }),
    acceptInvitation: async ({ token, password }, call) => {
      const secret = await hashSecret(password)
      return db.transaction(async (sql) => {
        const now = clock.now()
        const email = await store.takeInvitation(sql, sha256(token), now)
        if (email === null) return refused('invitation.unknown')
        await store.setSecret(sql, email, secret)
        await store.endSessionsOf(sql, email)
        await recordAct(sql, { email, origin: addressOf(call), now }, { what: 'password-chosen' })
        return done({ email })
      })
    },
  }
}

/** Carries out an act on one of the operator's people, and writes it down with it. */
const changing =
  ({ db, clock }: CabinetPorts) =>
  <Refusal>(
    by: Visitor,
    { email, what, reason }: { email: string; what: ActName; reason: string },
    work: (sql: Sql, known: { isLast: boolean; now: Moment }) => Promise<Refusal | null>,
  ) =>
    db.transaction(async (sql) => {
      // Always first, in one order: two who put each other out must not wait for each other.
      const administrators = await store.lockAdministrators(sql)
      if (!(await store.lockStaff(sql, email))) return refused('staff.unknown')
      const actor = actorOf(by, clock.now())
      // Without an administrator nobody could make another one.
      const isLast = administrators.length === 1 && administrators[0] === email
      const refusal = await work(sql, { isLast, now: actor.now })
      if (refusal !== null) return refusal
      await recordAct(sql, actor, { what, target: email, reason })
      return done({})
    })

async function invite(sql: Sql, email: string, { now }: Actor) {
  const token = newToken()
  const until = now + INVITED_MS
  await store.putInvitation(sql, { email, tokenHash: sha256(token), until })
  return { token, until }
}
