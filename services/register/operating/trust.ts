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
