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
  const pair = async () => {
    if (isTaken || pairing === null) return 'done'
    const answer = await client(skoApi, toDevice).pair(pairing)
    isTaken ||= answer.kind === 'done'
    if (answer.kind === 'refused') {
      log.error('device does not take this till', { code: answer.code })
    }
    return answer.kind
  }
  return {
    /** Milliseconds to rest before the next try; null: it is done. */
    step: async () => ((await pair()) === 'done' ? null : AGAIN_MS),
    // A device that has just come back is asked at once: whoever pressed “Continue” waits for it.
    send: async (request) => {
      const is = await pair()
      if (is === 'done') return toDevice(request)
      // One that hangs is as silent to the rest as it is to this.
      return is === 'unknown' ? { lost: 'not paired' } : { unsent: 'not paired' }
    },
  }
}
