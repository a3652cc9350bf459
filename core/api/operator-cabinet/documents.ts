import { z } from 'zod'
import { documentMarks } from '../../operator/ingest.ts'
import { parseTypedTime } from '../../time.ts'
import { endpoint } from '../contract.ts'
import { told } from '../field-fault.ts'
import * as wire from '../wire.ts'

const none = z.object({})
const isTime = (text: string): boolean => parseTypedTime(text) !== null
const marks = z.array(z.enum(documentMarks))

/** What cannot be read of a document is null (R29). */
export const documentBrief = z.object({
  device: z.string(),
  registerNumber: z.int(),
  number: z.int(),
  shift: z.int().nullable(),
  kind: wire.kind.nullable(),
  at: wire.at,
  sum: wire.sum.nullable(),
  uid: z.string(),
  cashier: z.string().nullable(),
  marks,
})
export type DocumentBrief = z.output<typeof documentBrief>

/** Documents, and what speaks against them. */
export const cabinetDocumentsApi = {
  documents: endpoint({
    route: 'GET /api/documents',
    right: 'signed-in',
    input: z.object({
      device: z.string().max(20).optional(),
      kind: wire.kind.optional(),
      /** Calendar day in Minsk, YYYY-MM-DD. */
      day: z.iso.date().optional(),
      /** The last calendar day, with `day` the first one; without it `day` stands alone. */
      dayTo: z.iso.date().optional(),
      /** Time of that day, “HH:MM” or “HH:MM:SS”: the whole minute, or the second. */
      time: z.string().max(16).refine(isTime, told('time')).optional(),
      number: wire.rowNumber.optional(),
      /** The first digits of it are enough; case and spaces do not matter. */
      uid: z.string().max(40).optional(),
      /** Kopecks. */
      sum: z.coerce.number().int().min(0).optional(),
      /** Opaque: `next` of the page before. */
      before: z.string().max(64).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    reply: z.object({ documents: z.array(documentBrief), next: z.string().nullable() }),
    refusals: [],
  }),
  document: endpoint({
    route: 'GET /api/documents/:uid',
    right: 'signed-in',
    input: z.object({ uid: wire.uid }),
    reply: z.object({
      /** Null: it cannot be read, its bytes are all there is. */
      document: wire.fiscalDocument.nullable(),
      body: z.string(),
      number: z.int(),
      uid: z.string(),
      hash: z.string(),
      signature: z.string(),
      storedAt: wire.at,
      marks,
    }),
    refusals: ['document.unknown'],
  }),
  /** What speaks against a device or the operator itself: staff see all, a client its own. */
  evidence: endpoint({
    route: 'GET /api/evidence',
    right: 'signed-in',
    input: none,
    reply: z.object({
      /** Documents with a true seal in place of others that are stored, the newest first. */
      forks: z.array(
        z.object({
          device: z.string(),
          number: z.int(),
          code: z.string(),
          uid: z.string(),
          hash: z.string(),
          signature: z.string(),
          body: z.string(),
          /** Hash of the document that is stored under the number; null: none is. */
          stored: z.string().nullable(),
          seenAt: wire.at,
        }),
      ),
      /** The operator's own acknowledgements of what it did not hold when they were shown to it. */
      forgotten: z.array(
        z.object({ device: z.string(), number: z.int(), held: z.int(), seenAt: wire.at }),
      ),
      marked: z.array(z.object({ device: z.string(), number: z.int(), uid: z.string(), marks })),
    }),
    refusals: [],
  }),
}
