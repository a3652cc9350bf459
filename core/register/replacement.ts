import { GENESIS } from '../document/document.ts'
import type { Attested, Pairing, RetiredStatement, VerifyBy } from '../operator/statement.ts'
import { isAttested } from '../operator/statement.ts'

// A broken device is retired, and another goes on at the same register.

/** A till's device as its enrolment left it: `publicKey` is PEM. */
export type DeviceIdentity = {
  serial: string
  unp: string
  registerNumber: number
  publicKey: string
}

/** What stands in the journal before anything is asked of the new device. */
export type Replacement = {
  former: DeviceIdentity
  device: DeviceIdentity
  /** The operator's word: the seal of the former chain, and who is the successor. */
  proof: Attested<RetiredStatement>
  /** What shows the till to the new device; null: the secret was given to both by hand. */
  pairing: Attested<Pairing> | null
}

/** Who is at the till, and what it knows of its device's documents. */
export type SuccessionGround = {
  device: DeviceIdentity
  nonce: string
  hashAt: (number: number) => string | null
  verify: VerifyBy
}

/**
 * How much of the operator's word on a retired device is believed: `diverges`: its seal is on
 * another chain than the till saw made.
 */
export function beliefInRetired(
  proof: Attested<RetiredStatement>,
  { device, nonce, hashAt, verify }: SuccessionGround,
): 'fits' | 'distrusted' | 'diverges' {
  const { statement } = proof
  const isAsked =
    statement.device === device.serial &&
    statement.registerNumber === device.registerNumber &&
    statement.nonce === nonce &&
    statement.successor?.device !== device.serial
  if (!isAsked || !isAttested(proof, verify)) return 'distrusted'
  const { number, hash } = statement
  // The till need not have seen the last of what the device made: only what it saw is compared.
  const own = number === 0 ? GENESIS : hashAt(number)
  return own === null || own === hash ? 'fits' : 'diverges'
}
