import { refused } from '#core/api/contract.ts'
import { type Attempts, afterWrongOverAll, mustWaitForCode, noAttempts } from '#core/lockout.ts'
import { SECOND } from '#core/time.ts'
import type { Clock } from '#services/runtime/clock.ts'
import { hashSecret, isSecret } from '#services/runtime/secret.ts'
import { type Sqlite, tx } from '#services/runtime/sqlite.ts'

/** Who chooses a PIN for whom. */
export type Choosing = { by: string; of: string }

/** Choices of a PIN that wait for those before them; each asks after everybody's. */
const MOST_WAITING = 4

/**
 * Chooses PINs, one after another: nobody who works here has the PIN of another (K3). Who asks for
 * one that is taken has learnt something of a colleague, so that it is counted as a guess.
 */
export function openPins(db: Sqlite, { elapsed }: Clock) {
  const others = db.prepare('select pin from person where disabled_at is null and name <> ?')
  const counts = new Map<string, Attempts>()
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  const isTaken = async (pin: string, of: string): Promise<boolean> => {
    for (const { pin: stored } of others.all(of)) {
      if (stored !== '' && (await isSecret(String(stored), pin))) return true
    }
    return false
  }
  const choose = async <D, W>(
    pin: string,
    { by, of }: Choosing,
    { decide, write }: Choice<D, W>,
  ) => {
    const decided = decide()
    if (decided) return decided
    const attempts = counts.get(by) ?? noAttempts
    const waitMs = mustWaitForCode(attempts, elapsed())
    if (waitMs > 0) return refused('pin.locked', { waitMs })
    if (await isTaken(pin, of)) {
      counts.set(by, afterWrongOverAll(attempts, elapsed()))
      return refused('pin.taken', {}, { field: 'pin' })
    }
    const hash = await hashSecret(pin)
    // What was decided before the PIN was compared may be otherwise by now.
    return tx(db, () => ({ answer: decide() ?? write(hash) })).answer
  }
  return {
    /**
     * `decide` says why not, or what was done already; null: `write` stores the PIN's hash, in the
     * same transaction.
     */
    choose: async <D, W>(pin: string, choosing: Choosing, choice: Choice<D, W>) => {
      if (waiting >= MOST_WAITING) return refused('server.busy', { waitMs: SECOND })
      waiting += 1
      const chosen = last.then(() => choose(pin, choosing, choice))
      last = chosen.catch(() => {})
      return chosen.finally(() => {
        waiting -= 1
      })
    },
  }
}

type Choice<D, W> = { decide: () => D | null; write: (hash: string) => W }
