import { type Neighbour, neighbours } from '#core/register/trust.ts'

export type Trust = ReturnType<typeof openTrust>

/**
 * Whose last answer failed its check, for the cashier to be told by name (V1). An operation knows
 * nothing of it: to her such an answer is none, neither «yes» nor «no». Silence changes nothing.
 */
export function openTrust(changed: () => void) {
  const failed = new Set<Neighbour>()
  return {
    distrusted: (): Neighbour[] => neighbours.filter((each) => failed.has(each)),
    /** An answer was checked. */
    checked: (neighbour: Neighbour, passed: boolean): void => {
      if (failed.has(neighbour) !== passed) return
      if (passed) failed.delete(neighbour)
      else failed.add(neighbour)
      changed()
    },
  }
}

const RECHECK_MS = 5000

/**
 * Asks whoever failed a check again, so that the cashier's alert ends by itself once the true
 * neighbour is back, though nothing else is asked of him. The device is looked at all the time.
 * One step; answers how long to rest before the next.
 */
export const openRecheck =
  (trust: Trust, ask: Record<Exclude<Neighbour, 'sko'>, () => Promise<unknown>>) =>
  async (): Promise<number> => {
    for (const each of trust.distrusted()) if (each !== 'sko') await ask[each]()
    return RECHECK_MS
  }
