import { z } from 'zod'
import { told } from './field-fault.ts'
import { operationRequest } from './operation-request.ts'
import { cashUpRequest, continuedCashUp } from './register-cash-up.ts'
import { xReportRequest } from './register-reports.ts'
import * as wire from './wire.ts'

// What a second person lends a right for, by her PIN on the spot (N10).

const lendable = {
  /** An operation. */
  request: operationRequest.omit({ lent: true }).optional(),
  cashUp: cashUpRequest.omit({ lent: true }).optional(),
  continuedCashUp: continuedCashUp.omit({ lent: true }).optional(),
  xReport: xReportRequest.omit({ lent: true }).extend({ id: wire.id }).optional(),
} as const
const names = Object.keys(lendable) as readonly (keyof typeof lendable)[]

/** Asks that a second person lend what one request needs: that request, exactly one of them. */
export const lendRequest = z
  .object(lendable)
  .extend({ by: z.object({ user: z.string().min(1).max(64), pin: z.string().min(1).max(16) }) })
  .refine((asked) => names.filter((name) => asked[name]).length === 1, {
    params: told('missing').params,
    path: ['request'],
  })
export type LendRequest = z.output<typeof lendRequest>
