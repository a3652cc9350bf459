import type { OperationRequest } from '#core/api/operation-request.ts'
import type { OperationView } from '#core/api/register.ts'

/** What was asked of the register under an id, and what it answered. */
export type Asked = {
  request: OperationRequest
  /** Each answer that said something new, in their order. */
  told: Told[]
}
export type Told = Pick<OperationView, 'state' | 'proof' | 'number' | 'uid'>

/** What the people at the till have in writing: whatever they were told must stay true. */
export type Ledger = {
  asked: Map<string, Asked>
  /** Copies and other papers that were promised: print jobs by their number. */
  jobs: number[]
  /** Operations that a memory put back knows less of than had come about (R19). */
  forgotten: Set<string>
  isForgetful: boolean
}

export const newLedger = (): Ledger => ({
  asked: new Map(),
  jobs: [],
  forgotten: new Set(),
  isForgetful: false,
})

/** Writes down what the register said of an operation. */
export function hear({ asked }: Ledger, view: OperationView): void {
  const known = asked.get(view.id)
  if (!known) return
  const { state, proof, number, uid } = view
  const last = known.told.at(-1)
  if (last?.state === state && last.proof === proof && last.uid === uid) return
  known.told.push({ state, proof, number, uid })
}
