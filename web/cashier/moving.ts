import { type OperationId, operationId } from '#core/id.ts'

/**
 * A receipt that is put aside or brought back: known before the register is asked, and until it has
 * answered. `act` names the asking, which comes to the same however often it is repeated.
 */
export type Moving =
  | { is: 'park'; id: OperationId; act: OperationId; name: string | null }
  | { is: 'bring'; id: OperationId; act: OperationId }

/** What was kept over a reload; null: nothing, or nothing that this page would keep. */
export function readMoving(value: unknown): Moving | null {
  const { is, id, act, name } = (value ?? {}) as Partial<Record<string, unknown>>
  const ids = [id, act].map((each) => (typeof each === 'string' ? operationId(each) : null))
  const [receipt = null, asking = null] = ids
  if (receipt === null || asking === null) return null
  if (is === 'bring') return { is, id: receipt, act: asking }
  return is === 'park'
    ? { is, id: receipt, act: asking, name: typeof name === 'string' ? name : null }
    : null
}
