import { client, type Send } from '#core/api/client.ts'
import { skoApi } from '#core/api/sko.ts'
import type { Log } from '#services/runtime/log.ts'
import type { TillEnrolment } from '../enrolment.ts'

const AGAIN_MS = 3000

/**
 * Shows the device whose till this is, until it is taken for that. Before, nothing leaves for it:
 * who is no till of its is told nothing that could be believed, and an operation would turn red.
 * Whoever answers is believed nothing by it, the device's proofs are what counts.
 */
export function openPairing(
  toDevice: Send,
  { pairing }: Pick<TillEnrolment, 'pairing'>,
  log: Log,
): { send: Send; step: () => Promise<number | null> } {
  let isTaken = pairing === null
  return {
    send: async (request) => (isTaken ? toDevice(request) : { unsent: 'not paired' }),
    /** Milliseconds to rest before the next try; null: it is done. */
    step: async () => {
      if (isTaken || pairing === null) return null
      const answer = await client(skoApi, toDevice).pair(pairing)
      isTaken = answer.kind === 'done'
      if (answer.kind === 'refused') {
        log.error('device does not take this till', { code: answer.code })
      }
      return isTaken ? null : AGAIN_MS
    },
  }
}
