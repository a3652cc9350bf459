import { createHash } from 'node:crypto'
import type { Action } from '#core/api/tsrv.ts'
import { type ProofKeys, proofKeys } from '#services/runtime/proof.ts'
import type { Call, Refusal, Result } from './call.ts'
import { sidHolder } from './sessions.ts'
import type { DeviceRow, SkoStore } from './store.ts'

const sidOf = ({ headers: { sid } }: Call): string | null =>
  sid === undefined || sid === null || sid === '' ? null : String(sid)

const holderOf = (call: Call): string => {
  const sid = sidOf(call)
  return sid === null ? `at ${call.from}` : sidHolder(sid)
}

/** The caller has shown the device's PIN, and not gone since. */
export const isAuthorized = (call: Call, { serial }: DeviceRow): boolean =>
  call.port.sessions.hears(serial, holderOf(call))

/** The caller has just shown the device's PIN. */
export const authorized = (call: Call, { serial }: DeviceRow): void =>
  call.port.sessions.letIn(serial, holderOf(call), sidOf(call))

/** The device that a session call speaks of: the one named, else the first free for integrators. */
function sessionDevice({ headers, port }: Call): string | null {
  if (typeof headers.token === 'string' && port.store.device(headers.token)) return headers.token
  return (
    port.store.serials().find((serial) => port.store.device(serial)?.credential === null) ?? null
  )
}

export function initSession(call: Call): Result {
  const serial = sessionDevice(call)
  if (serial === null) return { fault: 'TSRV_TOKEN_NOT_FOUND' }
  if (call.port.sessions.openOf(serial) !== null) return { fault: 'SM_SESSION_EXISTS' }
  const sid = call.port.newSession()
  call.port.sessions.ask(serial, sid)
  return { data: sid }
}

/** MD5 is the protocol's own choice and guards nothing: a client tells its session by it. */
export function sessionHash(call: Call): Result {
  const { sessions } = call.port
  const serial = sessionDevice(call) ?? ''
  const sid = sessions.openOf(serial) ?? sessions.lastAsked(serial)
  if (sid === null) return { fault: 'SM_SID_NOT_FOUND' }
  return { data: createHash('md5').update(sid).digest('hex').toUpperCase() }
}

/** The till of this very device asks, which has proved it; a free device has none. */
export const isTill = ({ till }: Call, { serial, credential }: DeviceRow): boolean =>
  credential !== null && till === serial

// What `get_tokens` tells anybody anyway, and what tells a client that it is not authorised.
const PUBLIC: readonly Action[] = ['get_token_by_serial', 'get_certificate', 'get_token_state']

/** A till's device is nobody else's, not even to look at; null: the caller may go on. */
export const refuseStranger = (call: Call, row: DeviceRow): Refusal | null =>
  row.credential === null || isTill(call, row) || PUBLIC.includes(call.action)
    ? null
    : { fault: 'ZPOS_CREDENTIAL_REQUIRED' }

/** Null when the caller may use the device: the till, or the holder of its open session. */
export function mayUse(call: Call, row: DeviceRow): Refusal | null {
  if (isTill(call, row)) return null
  const { sessions } = call.port
  const open = sessions.openOf(row.serial)
  const sid = sidOf(call)
  if (sid === null) return open === null ? null : { fault: 'SM_SID_NOT_FOUND' }
  if (sid === open || (open === null && sessions.isAsked(row.serial, sid))) return null
  return { fault: sessions.hasAny(row.serial) ? 'SM_INVALID_SESSION' : 'SM_SID_NOT_FOUND' }
}

export const closeSession = (call: Call, { serial }: DeviceRow): void =>
  call.port.sessions.end(serial, holderOf(call), sidOf(call))

/** The keys of a device's till, derived once for as long as its secret stays; null: it has none. */
export function openTillKeys(store: SkoStore) {
  const kept = new Map<string, { credential: string; keys: ProofKeys }>()
  return (serial: string): ProofKeys | null => {
    const { credential = null } = store.device(serial) ?? {}
    if (credential === null) return null
    const known = kept.get(serial)
    if (known?.credential === credential) return known.keys
    const keys = proofKeys(credential, serial)
    kept.set(serial, { credential, keys })
    return keys
  }
}
