import { z } from 'zod'
import { actNames } from '../../access/acts.ts'
import { endpoint } from '../contract.ts'
import * as wire from '../wire.ts'

const act = z.object({
  id: z.int(),
  at: wire.at,
  /** E-mail of whoever acted. */
  person: z.string(),
  /** One of `actNames`, or a name of another version. */
  what: z.string(),
  register: z.int().nullable(),
  unp: z.string().nullable(),
  company: z.string().nullable(),
  target: z.string().nullable(),
  reason: z.string().nullable(),
  /** The address that it came from. */
  origin: z.string().nullable(),
})
export type ActView = z.output<typeof act>

/** The audit trail (C2). */
export const cabinetActsApi = {
  acts: endpoint({
    route: 'GET /api/acts',
    right: 'acts.read',
    input: z.object({
      person: z.string().trim().toLowerCase().max(128).optional(),
      what: z.enum(actNames).optional(),
      register: wire.rowNumber.optional(),
      unp: z.string().trim().max(9).optional(),
      /** Calendar day in Minsk, YYYY-MM-DD. */
      day: z.iso.date().optional(),
      /** Opaque: `next` of the page before. */
      before: z.string().max(64).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    reply: z.object({ acts: z.array(act), next: z.string().nullable() }),
    refusals: [],
  }),
}
