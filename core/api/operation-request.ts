import { z } from 'zod'
import * as wire from './wire.ts'

// What a page or a program asks the register to do (R14).

/** Why somebody gave a discount, as the shop's button says. */
export const discountReason = wire.shownText(64)

/** A line as a page or a program asks for it; what it leaves out is taken from the goods. */
export const lineRequest = z.object({
  /** Refund: the sale's line, from 0. Without it the line is found by its code or name. */
  line: z.int().min(0).max(499).optional(),
  goods: z.int().positive().optional(),
  code: wire.shownText(64).optional(),
  name: wire.shownText(128).optional(),
  price: wire.sum.optional(),
  quantity: wire.quantity,
  discount: wire.sum.optional(),
  markup: wire.sum.optional(),
  vat: wire.vatRate.optional(),
  /** Sale: why there is a discount on it. */
  reason: discountReason.optional(),
  /** The codes of a marked unit; a refund's line may be found by them. */
  mark: wire.scannedMark.optional(),
  /** Sale: somebody knows that the unit was sold here before. */
  resold: z.literal(true).optional(),
})
export type LineRequest = z.output<typeof lineRequest>

/** Somebody with the rights has let a receipt pass as it stood. */
export const grantId = z.string().min(1).max(64)

export const operationRequest = z.object({
  id: wire.id,
  kind: wire.kind,
  /** Sale: the goods. Refund: what comes back; without lines all that is left does. */
  lines: z.array(lineRequest).max(500).optional(),
  /** Sale: discount and markup on the whole receipt. */
  discount: wire.sum.optional(),
  markup: wire.sum.optional(),
  /** Sale: why there is a discount on the whole receipt. */
  reason: discountReason.optional(),
  /** Sale: what the customer hands over, cash before change. */
  payments: z.array(wire.payment).max(10).optional(),
  /** Deposit and withdrawal. */
  sum: wire.positiveSum.optional(),
  /** Deposit, withdrawal: of what was in the drawer when its device was replaced, all of it. */
  carried: z.literal(true).optional(),
  /** Refund and annulment: the operation that is undone. */
  of: wire.id.optional(),
  /** Sale: somebody with the rights has let the receipt pass as it stood. */
  grant: grantId.optional(),
  /** The right to it was lent on the spot, for this operation as it stands. */
  lent: grantId.optional(),
})
export type OperationRequest = z.output<typeof operationRequest>

const { lines, discount, markup, reason, grant } = operationRequest.shape
/** A receipt before it is paid, in a sale's own words. */
export const receiptRequest = z.object({ lines: lines.unwrap(), discount, markup, reason, grant })
/** Asks that a receipt may pass; with `by` another person lets it, for this operation alone. */
export const grantRequest = receiptRequest.extend({
  by: z
    .object({ operation: wire.id, user: z.string().min(1).max(64), pin: z.string().min(1).max(16) })
    .optional(),
})
export type GrantRequest = z.output<typeof grantRequest>
export type ReceiptRequest = z.output<typeof receiptRequest>
