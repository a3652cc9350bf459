import type { Action } from '#core/api/tsrv.ts'
import type { Sign } from '#core/document/document.ts'
import type { SignedKeyChange } from '#core/key-change.ts'
import type { DeviceRefusal } from '#core/sko/device.ts'
import type { Guesses } from '#services/runtime/guesses.ts'
import type { ProofKeys } from '#services/runtime/proof.ts'
import type { Sessions } from './sessions.ts'
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
  /** The seal of the document of this number; null while the device is pulled out. */
  signer: (serial: string, number?: number) => Sign | null
  certificate: (serial: string, number?: number) => string
  /** Which keys have followed the device's first. */
  keyChanges: (serial: string) => SignedKeyChange[]
  /** Of the secret that a device shares with its till; null: it has no till. */
  keysOf: (serial: string) => ProofKeys | null
  uploadFault: (serial: string) => string | null
  /** Wakes the courier: there is something to send. */
  documented: (serial: string) => void
  /** Sessions of foreign clients, and who has shown a device's PIN. */
  sessions: Sessions
  newSession: () => string
  /** Guesses at the devices' PINs. */
  guesses: Guesses
}
