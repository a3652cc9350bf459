import { z } from 'zod'
import { endpoint } from './contract.ts'
import { discountReason } from './operation-request.ts'
import * as wire from './wire.ts'

// Discounts that the shop gives by one press, each for a reason (N10); a part of the register's
// contract.

/** What the discount goes on. */
export const discountGoesOn = ['line', 'receipt'] as const

export const discountButton = z
  .object({
    title: wire.shownText(32),
    kind: z.enum(['percent', 'sum']),
    /** Hundredths of a percent, or kopecks. */
    value: z.int().min(1).max(100_000_000),
    reason: discountReason,
    on: z.enum(discountGoesOn),
  })
  .refine(({ kind, value }) => kind === 'sum' || value <= 10_000, {
    path: ['value'],
    params: { fault: 'too-big', facts: { limit: 10_000 } },
  })
export type DiscountButton = z.output<typeof discountButton>

export const discountButtons = z.object({ buttons: z.array(discountButton).max(24) })
export type DiscountButtons = z.output<typeof discountButtons>

export const discountEndpoints = {
  discounts: endpoint({
    route: 'GET /api/discounts',
    right: 'signed-in',
    input: z.object({}),
    reply: discountButtons,
    refusals: [],
  }),
  /** All of them at once: what is left out is a button no more. */
  changeDiscounts: endpoint({
    route: 'PUT /api/discounts',
    right: 'settings.edit',
    input: discountButtons,
    reply: discountButtons,
    refusals: [],
  }),
}
