import type { OperationBrief, OperationView } from '#core/api/register.ts'
import type { Kopecks } from '#core/money.ts'
import { ZERO } from '#core/money.ts'
import { messageOf } from '#core/register/message.ts'
import { may } from '#core/register/operation.ts'
import type { Listed } from './store.ts'

/** A row of «Список чеков». */
export function briefOf({ operation }: Listed): OperationBrief {
  const { id, kind, cashier, sum, payments, state, signed, begunAt } = operation
  const { number = null, shift = null, at = begunAt } = signed?.document ?? {}
  const uid = signed?.sealed.uid ?? null
  return { id, kind, state: state.is, at, cashier, sum, payments, number, uid, shift }
}

/** An operation as its page shows it. `acknowledged` is the operator's head; null: nobody told. */
export function viewOf(
  listed: Listed,
  { acknowledged, discrepancy }: { acknowledged: number | null; discrepancy: Kopecks | null },
): OperationView {
  const { operation, printedAt } = listed
  const document = operation.signed?.document ?? null
  return {
    ...briefOf(listed),
    document,
    change: document?.settlement.change ?? ZERO,
    facts: {
      fiscalised: document?.at ?? null,
      stored: document && acknowledged !== null ? document.number <= acknowledged : null,
      printed: printedAt,
    },
    may: may(operation),
    message: messageOf(operation, discrepancy),
  }
}
