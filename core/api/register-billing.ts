import { z } from 'zod'
import { billingNames } from '../billing/lease.ts'
import { endpoint } from './contract.ts'
import { day } from './office.ts'
import * as wire from './wire.ts'

/** How it stands with billing, see core/billing/lease.ts. */
export const billingView = z.object({
  state: z.enum(billingNames),
  account: z.string().nullable(),
  /** The first day that is not paid for. */
  endsOn: day.nullable(),
  /** No shift is opened. */
  forbids: z.boolean(),
  /** Nobody has read the warning today. */
  warns: z.boolean(),
  /** Until when shifts are opened though nobody answers; null: somebody did lately. */
  graceUntil: wire.at.nullable(),
})
export type BillingView = z.output<typeof billingView>

const none = z.object({})

export const billingEndpoints = {
  /** Asks at once. */
  checkBilling: endpoint({
    route: 'POST /api/billing/check',
    right: 'signed-in',
    input: none,
    reply: z.object({
      /** Somebody answered, and was believed. */
      answered: z.boolean(),
      /** Null: this till has no billing. */
      billing: billingView.nullable(),
    }),
    refusals: [],
  }),
  /** The warning is told again tomorrow. */
  readBilling: endpoint({
    route: 'POST /api/billing/read',
    right: 'signed-in',
    input: none,
    reply: none,
    refusals: [],
  }),
}
