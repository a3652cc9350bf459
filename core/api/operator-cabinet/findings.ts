import { z } from 'zod'
import { findingKinds } from '../../operator/finding.ts'
import { documentMarks } from '../../operator/ingest.ts'
import { endpoint } from '../contract.ts'
import * as wire from '../wire.ts'

const finding = z.object({
  /** Of its kind alone. */
  id: z.string(),
  at: wire.at,
  device: z.string(),
  registerNumber: z.int(),
  unp: z.string(),
  company: z.string(),
  /** Of the document; null where a whole batch was refused. */
  number: z.int().nullable(),
  /** Why it was refused. */
  code: z.string().nullable(),
  marks: z.array(z.enum(documentMarks)),
  /** How often, and since when; 1 of what happens once. */
  count: z.int(),
  firstAt: wire.at,
  /** The last number that was held when more was acknowledged. */
  held: z.int().nullable(),
  /** What the device signed; null where it was not kept. */
  sealed: z
    .object({ uid: z.string(), hash: z.string(), signature: z.string(), body: z.string() })
    .nullable(),
  /** Hash of the document that is stored under that number. */
  stored: z.string().nullable(),
})
export type Finding = z.output<typeof finding>

/** What is wrong with devices, and with the operator's own store (C2). */
export const cabinetFindingsApi = {
  findings: endpoint({
    route: 'GET /api/findings',
    right: 'clients.read',
    input: z.object({
      kind: z.enum(findingKinds),
      register: wire.rowNumber.optional(),
      /** Opaque: `next` of the page before. */
      before: z.string().max(160).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(30),
    }),
    reply: z.object({ findings: z.array(finding), next: z.string().nullable() }),
    refusals: [],
  }),
}
