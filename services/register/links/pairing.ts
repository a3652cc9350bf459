import { client, type Send } from '#core/api/client.ts'
import { skoApi } from '#core/api/sko.ts'
import type { Log } from '#services/runtime/log.ts'
import type { TillEnrolment } from '../enrolment.ts'

const AGAIN_MS = 3000

/**
 * Shows the device whose till this is, until it is taken for that: milliseconds to rest, or null.
 * Whoever answers is believed nothing by it, the device's proofs are what counts.
 */
export async function pairWith(
  send: Send,
  { pairing }: Pick<TillEnrolment, 'pairing'>,
  log: Log,
): Promise<number | null> {
  if (pairing === null) return null
  const answer = await client(skoApi, send).pair(pairing)
  if (answer.kind === 'done') return null
  if (answer.kind === 'refused') log.error('device does not take this till', { code: answer.code })
  return AGAIN_MS
}
