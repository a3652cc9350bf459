import { createHash } from 'node:crypto'
import type { Action } from '#core/api/tsrv.ts'
import { type ProofKeys, proofKeys } from '#services/runtime/proof.ts'
import type { Call, Refusal, Result } from './call.ts'
import type { DeviceRow, SkoStore } from './store.ts'

// A session (sid) belongs to one device and is for foreign clients; it is not a proof of anybody's
// right, only of being the one client at work (fact:tsrv).

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
  if (call.port.sessions.has(serial)) return { fault: 'SM_SESSION_EXISTS' }
  const sid = call.port.newSession()
  call.port.sessions.set(serial, sid)
  return { data: sid }
}

/** MD5 is the protocol's own choice and guards nothing: a client tells its session by it. */
export function sessionHash(call: Call): Result {
  const sid = call.port.sessions.get(sessionDevice(call) ?? '')
  if (!sid) return { fault: 'SM_SID_NOT_FOUND' }
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
  const open = call.port.sessions.get(row.serial)
  const { sid } = call.headers
  if (sid === undefined || sid === null || sid === '') {
    return open ? { fault: 'SM_SID_NOT_FOUND' } : null
  }
  if (!open) return { fault: 'SM_SID_NOT_FOUND' }
  return sid === open ? null : { fault: 'SM_INVALID_SESSION' }
}

export const closeSession = ({ port }: Call, serial: string) => port.sessions.delete(serial)

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
