import type { OperationBrief } from '#core/api/register.ts'
import type { Correction } from '#core/register/correction.ts'
import type { Operation } from '#core/register/operation.ts'

/** A row of «Список чеков». */
export const briefOf = (operation: Operation | Correction): OperationBrief =>
  operation.kind === 'correction' ? briefOfCorrection(operation) : briefOfOperation(operation)

function briefOfOperation(operation: Operation): OperationBrief {
  const { id, kind, cashier, sum, payments, state } = operation
  const proof = 'proof' in state ? state.proof : null
  return { id, kind, state: state.is, proof, cashier, sum, payments, ...documentedAs(operation) }
}

const briefOfCorrection = ({
  id,
  kind,
  person,
  at,
  amount,
  shift,
}: Correction): OperationBrief => ({
  id,
  kind,
  state: 'registered',
  proof: 'proved',
  at,
  cashier: person,
  sum: amount,
  payments: [],
  number: null,
  uid: null,
  shift,
})

/** Number, УИ and moment of an operation: its document's, or those of the word about it. */
function documentedAs({ signed, claim, state, begunAt }: Operation) {
  if (signed) {
    const { number, shift, at } = signed.document
    return { number, shift, at, uid: signed.sealed.uid }
  }
  const said = state.is === 'registered' ? claim : null
  return {
    number: said?.number ?? null,
    shift: null,
    at: said?.at.from ?? begunAt,
    uid: said?.uid ?? null,
  }
}
