import { z } from 'zod'
import type { Access } from '../access/rights.ts'
import { supportBounds } from '../support/file.ts'
import { dayNumber } from '../time.ts'
import { endpoint } from './contract.ts'
import { told } from './field-fault.ts'
import * as wire from './wire.ts'

// The file for whoever helps from afar (K6), beside the register's contract.

/** `?operation=`, `?day=` of Minsk or, without either, the `?last=` ones that were begun. */
export const supportAsked = z.object({
  operation: wire.id.optional(),
  day: z
    .string()
    .max(10)
    .refine((text) => dayNumber(text) !== null, told('day'))
    .optional(),
  last: z.coerce.number().int().min(1).max(supportBounds.operations).default(50),
})

/** One page of HTML, with the same as JSON in it (core/support/file.ts). */
export const supportRoutes = {
  'GET /api/exports/support': 'support',
} as const satisfies Record<string, Access>

/** As a page asks it: the file itself is none of the contract's replies. */
export const supportEndpoint = endpoint({
  route: 'GET /api/exports/support',
  right: 'support',
  input: supportAsked,
  reply: z.object({}),
  refusals: ['operation.unknown'],
})
