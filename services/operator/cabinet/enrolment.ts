import type { Context as Call } from 'hono'
import { done, type Handlers, invalid, refused } from '#core/api/contract.ts'
import type { cabinetEnrolmentApi } from '#core/api/operator-cabinet/enrolment.ts'
import { afterWrongOverAll, mustWaitForCode } from '#core/lockout.ts'
import { decided, isConfirmable, judgeEnrolment, readCode } from '#core/operator/enrolment.ts'
import { unsentBy } from '#core/operator/report.ts'
import { type Actor, actorOf } from '#services/runtime/actors.ts'
import type { Sql } from '#services/runtime/sql.ts'
import type { OperatorPorts } from '../ports.ts'
import type { AccountRow } from '../store/accounts.ts'
import { recordAct } from '../store/acts.ts'
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
    lookUpEnrolment: ({ code }, by) =>
      db.transaction(async (sql) => {
        const actor = actorOf(by, clock.now())
        const found = await behindCode(sql, code, actor)
        if ('kind' in found) return found
        const { kind, serial, address, askedAt } = found.row
        await recordAct(sql, actor, { what: 'enrol-look', target: serial })
        return done({ kind, serial, address, ageMs: Math.max(0, actor.now - askedAt) })
      }),
    confirmEnrolment: (wish, by) =>
      db.transaction((sql) => confirm(sql, wish, { by, actor: actorOf(by, clock.now()) })),
    refuseEnrolment: ({ code }, by) =>
      db.transaction(async (sql) => {
        const actor = actorOf(by, clock.now())
        const found = await behindCode(sql, code, actor)
        if ('kind' in found) return found
        const { requestHash, serial } = found.row
        const { email, now } = actor
        const word = { state: 'refused', email, register: null, now } as const
        await store.keepDecision(sql, requestHash, word)
        await recordAct(sql, actor, { what: 'enrol-refuse', target: serial })
        return done({})
      }),
    retireDevice: (wish, by) =>
      db.transaction(async (sql) => {
        const row = await retire(sql, wish, { by, actor: actorOf(by, clock.now()) })
        if (!row) return refused('device.unknown', { device: wish.device })
        return done({ number: row.number, unsent: unsentBy(row.made, row.number) })
      }),
    enrolmentPlaces: async ({ number }, { account }) => {
      const asked = { number, limit: MOST_PLACES }
      const rows = await store.enrolmentPlacesOf(db, reach(account), asked)
      const places = rows.map(({ made, head, ...place }) =>
        Object.assign({ unsent: unsentBy(made, head) }, place),
      )
      return done({ places })
    },
  }
}

/** The request behind a code. A wrong one is counted, a right one takes nothing from the count. */
async function behindCode(sql: Sql, typed: string, actor: Actor) {
  const { email, now } = actor
  const guesses = await store.lockCodeGuesses(sql, email)
  const waitMs = mustWaitForCode(guesses, now)
  if (waitMs > 0) return refused('enrolment.guessed', { waitMs })
  const code = readCode(typed)
  const row = code === null ? null : await store.requestByCode(sql, code)
  if (row && isConfirmable(row, now)) return { row }
  await store.keepCodeGuesses(sql, email, afterWrongOverAll(guesses, now))
  await recordAct(sql, actor, { what: 'enrol-wrong' })
  return refused('enrolment.code')
}

/** Ends a device's work, and writes down who did it and why; once. */
async function retire(
  sql: Sql,
  { device, reason }: { device: string; reason: string },
  { by, actor }: { by: Visitor; actor: Actor },
) {
  const row = await store.retireDevice(sql, { device, unp: reach(by.account), reason }, actor)
  if (row && !row.retired) {
    const act = { what: 'device-retired', target: device, register: row.register, reason } as const
    await recordAct(sql, actor, act)
  }
  return row
}

type Wish = {
  code: string
  serial: string
  register: number
  replaces?: string | undefined
  reason?: string | undefined
}

async function confirm(
  sql: Sql,
  { code, serial, register, replaces, reason }: Wish,
  { by, actor }: { by: Visitor; actor: Actor },
) {
  const found = await behindCode(sql, code, actor)
  if ('kind' in found) return found
  const { row } = found
  // Another device asks by now: what the person saw is not what she would confirm.
  if (row.serial !== serial) return refused('enrolment.code')
  const place = await store.lockPlace(sql, reach(by.account), register)
  if (!place) return refused('register.unknown', { register })
  const judged = judgeEnrolment(row.kind, place, replaces ?? null)
  if (judged?.code === 'enrolment.occupied') {
    return refused('enrolment.occupied', { device: judged.device })
  }
  if (judged) return refused(judged.code, { register })
  if (await store.enrolledAs(sql, row)) return refused('enrolment.taken', { device: serial })
  const { email, now } = actor
  if (!decided(row, 'confirmed', now)) return refused('enrolment.code')
  const at = { register, now }
  // A device's documents are a chain that its successor does not go on with: it is retired first.
  if (row.kind === 'sko' && place.device !== null) {
    if (reason === undefined) return invalid('reason', 'missing')
    await retire(sql, { device: place.device, reason }, { by, actor })
  }
  if (row.kind === 'sko') await store.enrolDevice(sql, row, at)
  else await store.enrolTill(sql, row, at)
  await store.keepDecision(sql, row.requestHash, { state: 'confirmed', email, register, now })
  const act = { what: 'enrol-confirm', target: serial, register, reason: replaces ?? null } as const
  await recordAct(sql, actor, act)
  return done({})
}
