import { z } from 'zod'
import { officeActNames } from '../access/acts.ts'
import { endpoint } from './contract.ts'
import { fileForm } from './file-form.ts'
import { day } from './office.ts'
import * as wire from './wire.ts'

// The office's audit trail, a part of its cabinet.

const act = z.object({
  id: z.int(),
  at: wire.at,
  /** E-mail of whoever acted. */
  person: z.string(),
  /** One of `officeActNames`, or a name of another version. */
  what: z.string(),
  /** What it was done to: equipment, an account, an entry, a version, a person. */
  target: z.string().nullable(),
  /** Whose it is; null: nobody's alone. */
  contract: z.string().nullable(),
  company: z.string().nullable(),
  reason: z.string().nullable(),
  /** The address that it came from. */
  origin: z.string().nullable(),
})
export type OfficeActView = z.output<typeof act>

const filter = z.object({
  person: z.string().trim().toLowerCase().max(128).optional(),
  what: z.enum(officeActNames).optional(),
  contract: z.string().trim().max(20).optional(),
  /** How the target begins, in any case. */
  target: z.string().trim().max(64).optional(),
  /** Calendar days in Minsk, the last one included; each may stand alone. */
  day: day.optional(),
  dayTo: day.optional(),
})
export type OfficeActsFilter = z.output<typeof filter>

export const officeActsApi = {
  acts: endpoint({
    route: 'GET /api/acts',
    right: 'acts.read',
    input: filter.extend({
      /** Opaque: `next` of the page before. */
      before: z.string().max(64).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    /** The newest first. */
    reply: z.object({ acts: z.array(act), next: z.string().nullable() }),
    refusals: [],
  }),
}

/** The filter of the trail, and the form of the file. */
export const officeActsExport = filter.extend({ as: fileForm })
