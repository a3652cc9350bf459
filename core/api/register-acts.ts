import { z } from 'zod'
import type { Access } from '../access/rights.ts'
import { registerRights } from '../access/rights.ts'
import { shopActFields, shopActNames } from '../register/act.ts'
import { endpoint } from './contract.ts'
import { told } from './field-fault.ts'
import { fileForm } from './file-form.ts'
import * as wire from './wire.ts'

// Who did what when (K6), a part of the register's contract.

const texts = z.array(z.string()).readonly()
const value = z.union([z.string(), z.number(), z.boolean(), texts, z.null()])

/** See core/register/act.ts. */
export const shopActRow = z.object({
  seq: z.int(),
  at: wire.at,
  person: z.string().nullable(),
  what: z.enum(shopActNames),
  facts: z.object({
    subject: z.string().optional(),
    operation: z.string().optional(),
    kind: wire.listedKind.optional(),
    sum: wire.balance.optional(),
    right: z.enum(registerRights).optional(),
    changes: z
      .array(z.object({ field: z.enum(shopActFields), from: value, to: value }))
      .readonly()
      .optional(),
    code: z.string().optional(),
    rows: z.object({ new: z.int(), changed: z.int(), same: z.int() }).optional(),
    times: z.int().optional(),
  }),
  /** It follows from the line before, as it was written. */
  isWhole: z.boolean(),
})
export type ShopActRow = z.output<typeof shopActRow>

const isDay = (text: string): boolean => {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  // 31 February is rolled over into March.
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text
}
/** A day in Minsk. */
const day = z.string().max(10).refine(isDay, told('day'))

const filter = z.object({
  /** Both included. */
  from: day.optional(),
  to: day.optional(),
  person: z.string().min(1).max(64).optional(),
  what: z.enum(shopActNames).optional(),
  /** Each of these words, or a longer one that begins so. */
  search: z.string().max(64).optional(),
})

export const actEndpoints = {
  acts: endpoint({
    route: 'GET /api/acts',
    right: 'journal.read',
    input: filter.extend({
      /** Opaque: `next` of the page before. */
      before: z.coerce.number().int().positive().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    reply: z.object({
      acts: z.array(shopActRow),
      next: z.int().nullable(),
      /** Everybody who ever did anything. */
      people: z.array(z.string()),
    }),
    refusals: [],
  }),
}

/** The same as a file: `?as=csv` or `?as=xlsx`, filtered as the list is. */
export const actsExport = filter.extend({ as: fileForm })
export const actRoutes = {
  'GET /api/exports/acts': 'journal.read',
} as const satisfies Record<string, Access>
