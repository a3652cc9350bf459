import { backoff } from '#core/backoff.ts'
import { SECOND } from '#core/time.ts'
import type { RegisterStore } from '../memory/store.ts'
import type { Engine } from './engine.ts'
import type { CardTerminal } from './terminal.ts'

export type Reversing = ReturnType<typeof openReversing>

const IDLE_MS = 5 * SECOND
const FIRST_MS = 2 * SECOND
const LONGEST_MS = 30 * SECOND

/**
 * Technical reversals: repeated ever more rarely until the bank says its final word, over restarts
 * and days (S3.8, S3.9). Repeating one is harmless for ever: nothing is remembered of tries, and a
 * start tries at once.
 */
export function openReversing({
  store,
  terminal,
  engine,
  elapsed,
}: {
  store: RegisterStore
  terminal: CardTerminal
  engine: Engine
  elapsed: () => number
}) {
  const tries = new Map<string, { failures: number; nextAt: number }>()
  const attempt = async (id: string): Promise<void> => {
    const operation = store.operation(id)
    if (!operation) return
    const failures = tries.get(id)?.failures ?? 0
    // A repeat says that it is one, as far as this process knows: a start sends 1420 again.
    const event = await terminal.reverse(operation, failures > 0)
    if (event && engine.hear(id, event)) {
      tries.delete(id)
      return
    }
    const wait = { first: FIRST_MS, longest: LONGEST_MS, chance: 0 }
    tries.set(id, { failures: failures + 1, nextAt: elapsed() + backoff(failures + 1, wait) })
  }
  return {
    /** Tries all of them now: before a card operation, and when the cashier asks. */
    flush: async (): Promise<void> => {
      for (const { id } of store.reversals()) await attempt(id)
    },
    /** Tries what is due; answers how long to rest. */
    step: async (): Promise<number> => {
      const due = store
        .reversals()
        .filter(({ id }) => (tries.get(id)?.nextAt ?? -Infinity) <= elapsed())
      for (const { id } of due) await attempt(id)
      return store.reversals().length > 0 ? SECOND : IDLE_MS
    },
  }
}
