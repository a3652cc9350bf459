import type { Context as Call } from 'hono'
import { done, type Handlers, refused } from '#core/api/contract.ts'
import type { cabinetEnrolmentApi } from '#core/api/operator-cabinet/enrolment.ts'
import { afterWrongOverAll, mustWaitForCode } from '#core/lockout.ts'
import { decided, isConfirmable, judgeEnrolment, readCode } from '#core/operator/enrolment.ts'
import type { Sql } from '#services/runtime/sql.ts'
import type { OperatorPorts } from '../ports.ts'
import type { AccountRow } from '../store/accounts.ts'
import * as store from '../store/enrolment.ts'
import { unpOf, type Visitor } from './door.ts'

const MOST_PLACES = 50

/** Staff connect what they are asked to, a client what is its own. */
const reach = (account: AccountRow): string | null =>
  account.role === 'staff' ? null : unpOf(account)

/** Devices and tills are connected by people who have signed in, and see what they connect. */
export function cabinetEnrolmentHandlers({
  db,
  clock,
}: OperatorPorts): Handlers<typeof cabinetEnrolmentApi, Visitor, Call> {
  return {
    lookUpEnrolment: ({ code }, { account: { email } }) =>
      db.transaction(async (sql) => {
        const now = clock.now()
        const found = await behindCode(sql, { code, email, now })
        if ('kind' in found) return found
        const { kind, serial, address, askedAt } = found.row
        await store.noteEnrolmentAct(sql, { email, what: 'enrol-look', device: serial, now })
        return done({ kind, serial, address, ageMs: Math.max(0, now - askedAt) })
      }),
    confirmEnrolment: (wish, { account }) =>
      db.transaction((sql) => confirm(sql, wish, { account, now: clock.now() })),
    refuseEnrolment: ({ code }, { account: { email } }) =>
      db.transaction(async (sql) => {
        const now = clock.now()
        const found = await behindCode(sql, { code, email, now })
        if ('kind' in found) return found
        const { requestHash, serial } = found.row
        const word = { state: 'refused', email, register: null, now } as const
        await store.keepDecision(sql, requestHash, word)
        await store.noteEnrolmentAct(sql, { email, what: 'enrol-refuse', device: serial, now })
        return done({})
      }),
    enrolmentPlaces: async ({ number }, { account }) =>
      done({
        places: await store.enrolmentPlacesOf(db, reach(account), { number, limit: MOST_PLACES }),
      }),
  }
}

/** The request behind a code. A wrong one is counted, a right one takes nothing from the count. */
async function behindCode(
  sql: Sql,
  { code: typed, email, now }: { code: string; email: string; now: number },
) {
  const guesses = await store.lockCodeGuesses(sql, email)
  const waitMs = mustWaitForCode(guesses, now)
  if (waitMs > 0) return refused('enrolment.guessed', { waitMs })
  const code = readCode(typed)
  const row = code === null ? null : await store.requestByCode(sql, code)
  if (row && isConfirmable(row, now)) return { row }
  await store.keepCodeGuesses(sql, email, afterWrongOverAll(guesses, now))
  await store.noteEnrolmentAct(sql, { email, what: 'enrol-wrong', now })
  return refused('enrolment.code')
}

type Wish = { code: string; serial: string; register: number; replaces?: string | undefined }

async function confirm(
  sql: Sql,
  { code, serial, register, replaces }: Wish,
  { account, now }: { account: AccountRow; now: number },
) {
  const { email } = account
  const found = await behindCode(sql, { code, email, now })
  if ('kind' in found) return found
  const { row } = found
  // Another device asks by now: what the person saw is not what she would confirm.
  if (row.serial !== serial) return refused('enrolment.code')
  const place = await store.lockPlace(sql, reach(account), register)
  if (!place) return refused('register.unknown', { register })
  const judged = judgeEnrolment(row.kind, place, replaces ?? null)
  if (judged?.code === 'enrolment.occupied') {
    return refused('enrolment.occupied', { device: judged.device })
  }
  if (judged) return refused(judged.code, { register })
  if (await store.enrolledAs(sql, row)) return refused('enrolment.taken', { device: serial })
  if (!decided(row, 'confirmed', now)) return refused('enrolment.code')
  const at = { register, now }
  if (row.kind === 'sko') await store.enrolDevice(sql, row, at)
  else await store.enrolTill(sql, row, at)
  await store.keepDecision(sql, row.requestHash, { state: 'confirmed', email, register, now })
  const act = {
    email,
    what: 'enrol-confirm',
    device: serial,
    register,
    reason: replaces,
    now,
  } as const
  await store.noteEnrolmentAct(sql, act)
  return done({})
}
