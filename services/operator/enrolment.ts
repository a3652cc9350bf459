import { randomInt } from 'node:crypto'
import type { Context as Call } from 'hono'
import { done, type Handlers, invalid, refused } from '#core/api/contract.ts'
import type { EnrolledView, enrolmentApi } from '#core/api/operator-enrolment.ts'
import {
  type Enrollee,
  isConfirmable,
  newCode,
  newEnrolmentRequest,
  polled,
  pollText,
  requestText,
  shownCode,
} from '#core/operator/enrolment.ts'
import { attest, type OperatorKey } from '#core/operator/statement.ts'
import { SECOND } from '#core/time.ts'
import { isSignedBy, readPublicKey } from '#services/runtime/device-keys.ts'
import { newToken, sha256 } from '#services/runtime/secret.ts'
import { addressOf } from '#services/runtime/serve.ts'
import type { Sql } from '#services/runtime/sql.ts'
import type { OperatorPorts } from './ports.ts'
import * as store from './store/enrolment.ts'

// Undecided requests of one address: more would fill the store in nobody's name.
const MOST_REQUESTS = 100

/** What devices and tills ask before they are known (RFC 8628). */
export function enrolmentHandlers(ports: OperatorPorts): Handlers<typeof enrolmentApi, null, Call> {
  const { db, clock } = ports
  return {
    requestEnrolment: async ({ signature, ...asked }, call) => {
      const publicKey = readPublicKey(asked.publicKey, 'ed25519')
      const agreement = readPublicKey(asked.agreement, 'x25519')
      if (publicKey === null) return invalid('publicKey', 'malformed')
      if (agreement === null) return invalid('agreement', 'malformed')
      if (!isSignedBy(publicKey, requestText(asked), signature)) return unproven
      const { kind, serial } = asked
      const enrollee = { kind, serial, publicKey, agreement }
      const address = addressOf(call)
      const made = await db.transaction((sql) =>
        request(sql, enrollee, { address, now: clock.now() }),
      )
      if (made === 'busy') return refused('server.busy', { waitMs: SECOND })
      if (made === 'taken') return refused('enrolment.taken', { device: serial })
      const { row, name } = made
      return done({
        request: name,
        code: row.state === 'asked' ? shownCode(row.code) : null,
        cabinet: ports.cabinetUrl ?? '',
        lifeMs: Math.max(0, row.expiresAt - clock.now()),
        waitMs: row.waitMs,
      })
    },
    pollEnrolment: async ({ request: name, poll, signature }) => {
      const answered = await db.transaction(async (sql) => {
        const row = await store.requestByHash(sql, sha256(name))
        if (!row) return null
        const isProven = isSignedBy(row.publicKey, pollText(name, poll), signature)
        const { answer, next } = polled(row, { poll, isProven, now: clock.now() })
        if (answer !== 'unproven') await store.keepPoll(sql, row.requestHash, next)
        const enrolled = answer === 'confirmed' ? await store.enrolledOf(sql, row) : null
        return { answer, waitMs: next.waitMs, enrolled }
      })
      if (!answered) return unknownRequest
      const { answer, waitMs, enrolled } = answered
      if (answer === 'unproven') return unproven
      if (answer === 'pending' || answer === 'slow-down') return done({ state: answer, waitMs })
      if (answer !== 'confirmed') return done({ state: answer })
      // Whatever was enrolled has given way to another since.
      return enrolled ? done({ state: answer, enrolled: shown(ports, enrolled) }) : unknownRequest
    },
  }
}

const unproven = refused('enrolment.unproven')
const unknownRequest = refused('enrolment.unknown')

/** The key's request: the one that is open still goes on under a new name. */
async function request(
  sql: Sql,
  enrollee: Enrollee,
  { address, now }: { address: string; now: number },
) {
  const known = await store.enrolledAs(sql, enrollee)
  if (known && !known.isSame) return 'taken'
  const open = await store.openRequestOf(sql, enrollee.publicKey)
  if (!open && (await store.openRequestsAt(sql, address, now)) >= MOST_REQUESTS) return 'busy'
  if (open) await store.forgetRequest(sql, open.requestHash)
  const goesOn = open && isConfirmable(open, now) && open.serial === enrollee.serial ? open : null
  const name = newToken()
  const fresh = newEnrolmentRequest(now)
  const row: store.EnrolmentRow = Object.assign(fresh, enrollee, {
    // Enrolled already: the answer was lost, or what it brought.
    state: known ? ('confirmed' as const) : ('asked' as const),
    requestHash: sha256(name),
    code: goesOn?.code ?? newCode(randomInt),
    askedAt: goesOn?.askedAt ?? now,
    expiresAt: goesOn?.expiresAt ?? fresh.expiresAt,
    address,
    register: known?.register ?? null,
  })
  await store.keepRequest(sql, row)
  return { row, name }
}

function shown({ key, publicKeys, office }: OperatorPorts, row: store.EnrolledRow): EnrolledView {
  const { registerNumber, company, unp, place, address, number, lastShift, device, till } = row
  const { agreement } = device
  const operatorKeys = publicKeys?.() ?? ''
  const shop = { registerNumber, company, unp, place, address, number, lastShift }
  const told = Object.assign(shop, { operatorKeys, office: office?.() ?? null })
  if (!till || agreement === null) return Object.assign(told, { till: null })
  const { serial, publicKey } = device
  const pairing = pairingOf(till, { device: serial, registerNumber }, key)
  return Object.assign(told, { till: { device: { serial, publicKey, agreement }, pairing } })
}

/** Which till works with a device, in the operator's word. */
export const pairingOf = (
  { serial: till, agreement, at }: NonNullable<store.EnrolledRow['till']>,
  { device, registerNumber }: { device: string; registerNumber: number },
  key: OperatorKey,
) => attest({ says: 'paired', device, registerNumber, till, agreement, at }, key)

/** What the operator says of a device that was retired, to whoever gave the nonce. */
export async function answerSuccession(
  { db, key }: OperatorPorts,
  { device, nonce }: { device: string; nonce: string },
) {
  const row = await store.successionOf(db, device)
  if (!row) return { proof: null, pairing: null }
  const { registerNumber, number, hash, at, successor, till } = row
  const seal = { registerNumber, number, hash, at, successor }
  const proof = attest(Object.assign({ says: 'retired' as const, device, nonce }, seal), key)
  if (!till || !successor) return { proof, pairing: null }
  return { proof, pairing: pairingOf(till, { device: successor.device, registerNumber }, key) }
}
