import { z } from 'zod'
import { cashUpStages, denominations } from '../register/cash-up.ts'
import { endpoint } from './contract.ts'
import { told } from './field-fault.ts'
import { fiscalRefusals } from './fiscal-refusals.ts'
import { grantId } from './operation-request.ts'
import * as wire from './wire.ts'

// Closing a shift in one go (N12): core/register/cash-up.ts says what that is.

/** How cash is counted before a shift is closed: by notes and coins, as a sum, or not at all. */
export const cashCounts = ['notes', 'sum', 'skipped'] as const
export const cashCounting = z.enum(cashCounts)
export type CashCounting = z.output<typeof cashCounting>

const MOST_PIECES = 1_000_000

const pieces = z
  .array(z.object({ value: z.literal(denominations), count: z.int().min(0).max(MOST_PIECES) }))
  .max(denominations.length)
  .refine((all) => new Set(all.map(({ value }) => value)).size === all.length, told('repeated'))

/** What was found in the drawer; no difference is ever refused. */
const counted = z.union([z.object({ pieces }), z.object({ sum: wire.sum })])

const count = z.object({ sum: wire.balance, pieces: pieces.nullable() })

export const cashUpView = z.object({
  id: wire.id,
  shift: z.int(),
  person: z.string(),
  at: wire.at,
  stage: z.enum(cashUpStages),
  /** Nothing has stopped it: asked again it goes on. */
  isWanted: z.boolean(),
  /** By the ledger, at the count. */
  cash: wire.balance,
  count: count.nullable(),
  /** Counted − by the ledger; null: nothing was counted. */
  surplus: wire.balance.nullable(),
  withdrawal: z.object({ id: wire.id, sum: wire.sum }).nullable(),
  closing: wire.id,
})
export type CashUpView = z.output<typeof cashUpView>

export const cashUpRequest = z.object({
  id: wire.id,
  /** The drawer as it was shown or is held by the ledger: another one by now is refused. */
  cash: wire.balance,
  counted: counted.optional(),
  /** Ids of the two operations; without cash there is none to withdraw. */
  withdrawal: wire.id.optional(),
  closing: wire.id,
  /** What of the rights to it was lent on the spot. */
  lent: grantId.optional(),
})
export type CashUpRequest = z.output<typeof cashUpRequest>
export const continuedCashUp = z.object({ id: wire.id, lent: grantId.optional() })

export const cashUpEndpoints = {
  /** The count, the withdrawal, the closing; the same again does nothing twice. */
  cashUp: endpoint({
    route: 'POST /api/cash-ups',
    right: { fields: { closing: 'shift', withdrawal: 'cash.move' } },
    input: cashUpRequest,
    reply: cashUpView,
    refusals: [...fiscalRefusals, 'cash-up.stale'],
  }),
  /** Somebody still wants it, after its withdrawal had waited for a person. */
  continueCashUp: endpoint({
    route: 'POST /api/cash-ups/:id/continue',
    right: { lendable: 'shift' },
    input: continuedCashUp,
    reply: cashUpView,
    refusals: [...fiscalRefusals, 'cash-up.stale'],
  }),
  /** The last one of the open shift. */
  currentCashUp: endpoint({
    route: 'GET /api/cash-ups/current',
    right: 'shift',
    input: z.object({}),
    reply: z.object({ cashUp: cashUpView.nullable() }),
    refusals: [],
  }),
}
