import type { OperationRequest } from '../api/register.ts'
import { kinds } from '../document/kinds.ts'
import { type Line, type Payment, settle, totals } from '../document/totals.ts'
import { type Kopecks, kopecks, ZERO } from '../money.ts'
import type { Command } from '../sko/device.ts'
import { deviceFaults } from '../sko/faults.ts'

/** What a request comes to: the command, its sum, and what of it is cash. */
export type Planned = { command: Command; sum: Kopecks; payments: Payment[]; cash: Kopecks }
export type Unplanned =
  | { kind: 'invalid'; field: string; message: string }
  | { kind: 'refused'; code: 'payment.wrong' | 'kind.not-built'; why: string }

/** Plans a request. `lines` are its lines with what they left out taken from the goods. */
export function plan(
  request: OperationRequest,
  { cashier, lines }: { cashier: string; lines: Line[] },
): Planned | Unplanned {
  switch (request.kind) {
    case 'shift-opening':
    case 'shift-closing': {
      const command: Command = { kind: request.kind, cashier }
      return { command, sum: ZERO, payments: [], cash: ZERO }
    }
    case 'deposit':
    case 'withdrawal': {
      const { sum } = request
      if (sum === undefined) return { kind: 'invalid', field: 'sum', message: 'укажите сумму' }
      const command: Command = { kind: request.kind, cashier, sum }
      return { command, sum, payments: [{ means: 'cash', sum }], cash: sum }
    }
    case 'sale':
      return planSale(request, { cashier, lines })
    case 'refund':
    case 'annulment':
      return notBuilt(kinds[request.kind].title)
    default:
      return request.kind satisfies never
  }
}

const notBuilt = (why: string): Unplanned => ({ kind: 'refused', code: 'kind.not-built', why })

function planSale(
  request: OperationRequest,
  { cashier, lines }: { cashier: string; lines: Line[] },
): Planned | Unplanned {
  const { payments = [], discount = ZERO, markup = ZERO } = request
  const sums = totals({ lines, discount, markup })
  if ('fault' in sums) {
    const field = sums.line === undefined ? 'lines' : `lines.${sums.line}`
    return { kind: 'invalid', field, message: deviceFaults[sums.fault] }
  }
  const settlement = settle(sums.total, payments)
  if ('fault' in settlement) {
    return { kind: 'refused', code: 'payment.wrong', why: deviceFaults[settlement.fault] }
  }
  if (settlement.card > 0) return notBuilt('Оплата картой')
  const { total } = sums
  const basis = null
  const command: Command = {
    ...{ kind: 'sale', cashier, lines, discount, markup, payments, total, basis },
  }
  return { command, sum: total, payments, cash: kopecks(settlement.cash - settlement.change) }
}
