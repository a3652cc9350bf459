import type { Action } from '#core/api/tsrv.ts'
import type { Sign } from '#core/document/document.ts'
import type { DeviceRefusal } from '#core/sko/device.ts'
import type { Guesses } from '#services/runtime/guesses.ts'
import type { ProofKeys } from '#services/runtime/proof.ts'
import type { SkoStore } from './store.ts'

/** A refusal by the protocol's name. Inside the service it is a value like any other. */
export type Refusal = DeviceRefusal
export type Result = { data: unknown } | Refusal
export type Call = {
  action: Action
  data: unknown
  headers: Record<string, unknown>
  /** Serial number of the device whose till has proved that it asks; null: anybody asks. */
  till: string | null
  port: DevicePort
  /** The address that the message came from. */
  from: string
}
export const isFault = (value: object): value is Refusal => 'fault' in value
/** What the protocol needs of the world. */
export type DevicePort = {
  store: SkoStore
  now: () => number
  version: string
  /** The device's signature; null while the device is pulled out. */
  signer: (serial: string) => Sign | null
  certificate: (serial: string) => string
  /** Of the secret that a device shares with its till; null: it has no till. */
  keysOf: (serial: string) => ProofKeys | null
  uploadFault: (serial: string) => string | null
  /** Wakes the courier: there is something to send. */
  documented: (serial: string) => void
  /** Devices authorised by PIN since the service started. */
  authorized: Set<string>
  /** Open tsrv sessions, one a device; they end with the service (fact:tsrv). */
  sessions: Map<string, string>
  newSession: () => string
  /** Guesses at the devices' PINs. */
  guesses: Guesses
}
