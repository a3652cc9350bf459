import { z } from 'zod'
import { staffEvidence } from '../../operator/statement.ts'
import { endpoint } from '../contract.ts'
import * as wire from '../wire.ts'
import { cabinetDocumentsApi } from './documents.ts'

const { day, time } = cabinetDocumentsApi.documents.input.shape
const verdict = z.enum(['done', 'never'])
const evidence = z.enum(staffEvidence)

const word = z.object({
  id: z.int(),
  device: z.string(),
  registerNumber: z.int(),
  operation: z.string(),
  verdict,
  evidence,
  /** What the document is, by the word; null: it says that there is none. */
  document: z
    .object({
      kind: wire.kind,
      number: z.int(),
      at: wire.at,
      uid: z.string(),
      sum: wire.sum,
    })
    .nullable(),
  reason: z.string(),
  person: z.string(),
  at: wire.at,
  /** Number of the operation's document, which has come since or was there; null: none has. */
  held: z.int().nullable(),
  /** A later word about the same operation counts in its place. */
  replaced: z.boolean(),
})
export type StaffWordView = z.output<typeof word>

/** What the operator's people say became of a red operation, on the client's behalf (C2b). */
export const cabinetWordsApi = {
  sayOfOperation: endpoint({
    route: 'POST /api/devices/:device/operations/:operation/word',
    right: 'operation.decide',
    input: z.object({
      device: wire.device,
      operation: wire.id,
      /** The number that its document was to get: the till shows it behind the id. */
      expected: wire.rowNumber.optional(),
      verdict,
      evidence,
      reason: wire.shownText(500),
      /** Of the document, where it is said to be there and the operator does not hold it. */
      kind: wire.kind.optional(),
      number: wire.rowNumber.optional(),
      day,
      time,
      sum: wire.sum.optional(),
      uid: wire.uid.optional(),
    }),
    reply: z.object({}),
    refusals: [
      'device.unknown',
      'word.exists',
      'word.never',
      'word.number-taken',
      'word.no-document',
    ],
  }),
  /** Words about a client's own operations; about any register's for the operator's people. */
  staffWords: endpoint({
    route: 'GET /api/words',
    right: 'signed-in',
    input: z.object({ register: wire.rowNumber.optional() }),
    reply: z.object({ words: z.array(word) }),
    refusals: [],
  }),
}
