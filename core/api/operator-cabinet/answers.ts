import { z } from 'zod'
import { staffEvidence } from '../../operator/statement.ts'
import { endpoint } from '../contract.ts'
import * as wire from '../wire.ts'
import { cabinetDocumentsApi, documentBrief } from './documents.ts'

const { day, time, sum } = cabinetDocumentsApi.documents.input.shape

/** «What became of the operation»: an answer that a person may carry to the till (C2b). */
export const cabinetAnswersApi = {
  answer: endpoint({
    route: 'GET /api/answers',
    right: 'signed-in',
    /** By the operation's id, by day, time and sum, or by the document's uid. */
    input: z.object({
      device: wire.device,
      operation: wire.id.optional(),
      /** The number that its document was to get: only with it absence proves something (R2). */
      expected: wire.rowNumber.optional(),
      day,
      time,
      sum,
      uid: wire.uid.optional(),
    }),
    reply: z.object({
      verdict: z.enum(['done', 'never', 'cannot-tell']),
      /** The answer in digits, as the till's form takes it (core/operator/carried.ts). */
      text: z.string(),
      at: wire.at,
      document: documentBrief.nullable(),
      /** Whose word of the operator's people the answer is; null: its books tell it. */
      word: z
        .object({
          person: z.string(),
          evidence: z.enum(staffEvidence),
          reason: z.string(),
          document: z
            .object({
              kind: wire.kind,
              number: z.int(),
              at: wire.at,
              uid: z.string(),
              sum: wire.sum,
            })
            .nullable(),
        })
        .nullable(),
      /** Documents that fit what was asked, where that is more than one. */
      several: z.array(documentBrief),
      /** How far the operator's knowledge of the device goes. */
      head: z.object({ number: z.int(), lastAt: wire.at.nullable() }),
    }),
    refusals: ['device.unknown'],
  }),
}
