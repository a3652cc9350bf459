import { createHmac, randomBytes, randomInt } from 'node:crypto'
import type { Context as Call } from 'hono'
import { base32, type Hmac, totpStep, totpUri } from '#core/access/totp.ts'
import { type Refused, refused } from '#core/api/contract.ts'
import { afterWrongOverAll, mustWaitForCode } from '#core/lockout.ts'
import type { Actor, RecordAct } from './actors.ts'
import type { Clock } from './clock.ts'
import * as store from './second-factor-rows.ts'
import { keyedHash, unwrapSecret, wrapSecret } from './secret.ts'
import { addressOf } from './serve.ts'
import type { Postgres, Sql } from './sql.ts'

const SECRET_BYTES = 20
const RECOVERY_CODES = 10
// Without vowels, so that they spell nothing, and without what is mistaken for a digit.
const RECOVERY_LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'

const hmac: Hmac = (key, message) => createHmac('sha1', key).update(message).digest()

/** Of typed codes: right, or why not. */
type Judged = Refused<'code.wrong' | 'password.locked'> | null

export type SecondFactor = ReturnType<typeof openSecondFactor>

/**
 * Second factors of accounts; `key` lies outside of the database and unwraps their secrets. The
 * database has the tables second_factor and recovery_code.
 */
export function openSecondFactor(key: string, recordAct: RecordAct) {
  const placeOf = (email: string) => `second factor of ${email}`
  const hashOf = (email: string, code: string) =>
    keyedHash(key, `recovery ${email} ${code.toUpperCase().replace(/[^A-Z]/g, '')}`)

  /** Counts a wrong code; a right one takes its step, or its recovery code, for ever. */
  async function judge(
    sql: Sql,
    { email, origin, now }: Actor,
    { row, typed }: { row: store.FactorRow; typed: string },
  ): Promise<Judged> {
    const waitMs = mustWaitForCode(row, now)
    if (waitMs > 0) return refused('password.locked', { waitMs })
    const secret = unwrapSecret(key, row.secret, placeOf(email))
    const known = secret === null ? null : Buffer.from(secret, 'base64')
    const asked = known && { secret: known, last: row.lastStep, now }
    const step = asked && totpStep(typed, asked, hmac)
    if (step !== null && (await store.takeStep(sql, email, step))) return null
    const spare = { hash: hashOf(email, typed), now }
    if (row.confirmedAt !== null && (await store.takeRecoveryCode(sql, email, spare))) {
      await recordAct(sql, { email, origin, now }, { what: 'recovery-used' })
      return null
    }
    await store.setFactorAttempts(sql, email, afterWrongOverAll(row, now))
    return refused('code.wrong')
  }

  return {
    /** At a sign-in, once the password was right; null: nothing more is wanted. */
    atCall:
      (db: Postgres, clock: Clock) => (call: Call, email: string, typed: string | undefined) =>
        db.transaction(async (sql) => {
          const row = await store.lockFactor(sql, email)
          if (!row || row.confirmedAt === null) return null
          if (typed === undefined) return refused('code.required')
          const by = { email, origin: addressOf(call), now: clock.now() }
          return judge(sql, by, { row, typed })
        }),
    offer: async (sql: Sql, email: string, issuer: string) => {
      const row = await store.lockFactor(sql, email)
      if (row && row.confirmedAt !== null) return refused('factor.on')
      const secret = randomBytes(SECRET_BYTES)
      await store.offerFactor(
        sql,
        email,
        wrapSecret(key, secret.toString('base64'), placeOf(email)),
      )
      return {
        kind: 'offered',
        secret: base32(secret),
        uri: totpUri(issuer, email, secret),
      } as const
    },
    confirm: async (sql: Sql, by: Actor, typed: string) => {
      const row = await store.lockFactor(sql, by.email)
      if (!row) return refused('factor.off')
      if (row.confirmedAt !== null) return refused('factor.on')
      const refusal = await judge(sql, by, { row, typed })
      if (refusal) return refusal
      const recoveryCodes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode)
      const codes = recoveryCodes.map((code) => hashOf(by.email, code))
      await store.confirmFactor(sql, by.email, { now: by.now, codes })
      await recordAct(sql, by, { what: 'factor-on' })
      return { kind: 'confirmed', recoveryCodes } as const
    },
    drop: async (sql: Sql, by: Actor, typed: string) => {
      const row = await store.lockFactor(sql, by.email)
      if (!row || row.confirmedAt === null) return refused('factor.off')
      const refusal = await judge(sql, by, { row, typed })
      if (refusal) return refusal
      await store.dropFactor(sql, by.email)
      await recordAct(sql, by, { what: 'factor-off' })
      return null
    },
    /** By an administrator, for whoever has lost her own. */
    reset: async (sql: Sql, by: Actor, act: { target: string; reason: string }) => {
      await store.dropFactor(sql, act.target)
      await recordAct(sql, by, {
        what: 'factor-off',
        target: act.target,
        reason: act.reason,
      })
    },
  }
}

function newRecoveryCode(): string {
  const letters = Array.from(
    { length: 10 },
    () => RECOVERY_LETTERS[randomInt(RECOVERY_LETTERS.length)],
  )
  return `${letters.slice(0, 5).join('')}-${letters.slice(5).join('')}`
}
