import type { Correction } from '#core/register/correction.ts'
import { heard, type Operation } from '#core/register/operation.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { readLine } from './journal.ts'

// More than are open, shown and printed at a time; an older one is folded anew.
const KEPT = 256

export type Operations = ReturnType<typeof openOperations>

/**
 * Operations as the lines of the journal make them. The last ones written are kept as they came out
 * of the fold: whoever writes a line hands over what it made, after the commit.
 */
export function openOperations(db: Sqlite) {
  const lines = db.prepare(
    `select body, packed from journal where operation = ? and type <> 'printed' and seq < ?
     order by seq`,
  )
  const kept = new Map<string, Operation>()
  const entries = (id: string, before: number) => lines.all(id, before).map(readLine)
  return {
    /** As it stands, or as it stood `before` a line; null: there is no such operation. */
    one: (id: string, before = Number.MAX_SAFE_INTEGER): Operation | null => {
      const known = kept.get(id)
      if (known) return known
      let operation: Operation | null = null
      for (const entry of entries(id, before)) {
        if (entry.type === 'begun') operation = entry.operation
        // A line that means nothing in its state changes nothing, as when it was written.
        else if (entry.type === 'heard' && operation) {
          operation = heard(operation, entry.event) ?? operation
        }
      }
      return operation
    },
    correction: (id: string): Correction | null => {
      const [entry] = entries(id, Number.MAX_SAFE_INTEGER)
      return entry?.type === 'corrected' ? entry.correction : null
    },
    keep: (operation: Operation): void => {
      kept.delete(operation.id)
      kept.set(operation.id, operation)
      if (kept.size <= KEPT) return
      const [oldest] = kept.keys()
      if (oldest !== undefined) kept.delete(oldest)
    },
  }
}
