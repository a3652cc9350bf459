import type { Context as Call } from 'hono'
import { done, type Handlers, refused } from '#core/api/contract.ts'
import type { Enrolling } from '#core/api/operator-enrolment.ts'
import type { skoApi } from '#core/api/sko.ts'
import { type Attested, isAttested, type Pairing, type VerifyBy } from '#core/operator/statement.ts'
import { sharedSecret } from '#services/runtime/device-keys.ts'
import type { Log } from '#services/runtime/log.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { addressOf } from '#services/runtime/serve.ts'
import type { KeyFiles } from './keys.ts'
import type { SkoStore } from './store.ts'

export type PairingPort = {
  store: SkoStore
  keys: KeyFiles | null
  verify: VerifyBy
  waiting: () => Enrolling[]
  log: Log
}

const LOOPBACK = /^(::ffff:)?127\.|^::1$/

/** How devices are connected, and to which till (0029). */
export function pairingHandlers(port: PairingPort): Handlers<typeof skoApi, null, Call> {
  return {
    enrolment: async (_, call) =>
      // Within the process there is no address at all.
      addressOf(call) === '' || LOOPBACK.test(addressOf(call))
        ? done({ waiting: port.waiting() })
        : refused('address.foreign'),
    pair: async (pairing) => (pair(port, pairing) ? done({}) : refused('pairing.refused')),
  }
}

/** Takes the till for the device's own; false: the operator has not made it that. */
function pair({ store, keys, verify, log }: PairingPort, pairing: Attested<Pairing>): boolean {
  const { device: serial, registerNumber, till, agreement, at } = pairing.statement
  const row = store.device(serial)
  const privateKey = keys?.privateKey(serial) ?? null
  if (!row || privateKey === null) return false
  if (row.device.issuer.registerNumber !== registerNumber) return false
  // The till of before has its operator's word as well: it is an old one.
  if (row.pairedAt !== null && row.pairedAt > at) return false
  const secret = sharedSecret(privateKey, agreement, serial)
  if (secret === null) return false
  const credential = sha256(secret)
  // Shown at each start, for longer than the operator's key of then may count.
  if (row.credential === credential && row.pairedAt === at) return true
  if (!isAttested(pairing, verify)) return false
  store.pair(serial, credential, at)
  log.info('paired', { serial, till })
  return true
}
