import type { Operation, Signed } from '#core/register/operation.ts'
import { isOf } from '#core/register/seal-check.ts'

// What became of an operation at a device without our additions: it knows numbers and documents,
// and no operations (R34).

export type DeviceVerdict =
  | { verdict: 'done'; signed: Signed }
  | { verdict: 'never' | 'lacks' | 'busy' | 'away' | 'silent' | 'distrusted' }

export type Numbered = {
  next: () => Promise<number | DeviceVerdict>
  /** The device's document under a number. */
  document: (number: number) => Promise<Signed | DeviceVerdict>
  /** The operation whose document the register has seen under a number; null: none. */
  holder: (number: number) => string | null
}

/** A device whose next number is below the one that it once told was put back (V3). */
export const neverOf = ({ expected, guessed }: Operation, next: number): DeviceVerdict =>
  guessed || next >= expected ? { verdict: 'never' } : { verdict: 'silent' }

// A memory that was put back may lack many documents; each costs a question.
const MOST_ASKED = 20

/**
 * Asks for the device's next number and for whatever it made from the expected one on that is no
 * other operation's. Without a tombstone «never» is only said once no command can be on its way.
 */
export async function verdictByNumber(
  operation: Operation,
  { next: ask, document, holder }: Numbered,
  { giveUp, isSettled }: { giveUp: boolean; isSettled: boolean },
): Promise<DeviceVerdict> {
  const next = await ask()
  if (typeof next !== 'number') return next
  const { id, expected } = operation
  const made = Array.from({ length: Math.max(0, next - expected) }, (_, i) => expected + i)
  const unclaimed = made.filter((number) => (holder(number) ?? id) === id)
  if (unclaimed.length > MOST_ASKED) return { verdict: 'silent' }
  for (const number of unclaimed) {
    const signed = await document(number)
    if (!('sealed' in signed)) return signed
    // A late copy gets a later number, and so does the same wish of the next customer.
    if (!isOf({ ...operation, expected: number }, signed.document)) continue
    return number === expected ? { verdict: 'done', signed } : { verdict: 'silent' }
  }
  if (!giveUp) return { verdict: 'lacks' }
  return isSettled ? neverOf(operation, next) : { verdict: 'busy' }
}
