import { z } from 'zod'
import { staffEvidence } from '../operator/statement.ts'
import * as wire from './wire.ts'

/** What device and operator answer about an operation this moment. Asking changes nothing. */
export const evidence = z.object({
  device: z.enum(['done', 'never', 'lacks', 'busy', 'away', 'silent', 'distrusted']),
  operator: z.enum(['done', 'never', 'cannot-tell', 'silent', 'distrusted']),
  /** What the bank holds; null: nothing of the operation goes through it. */
  bank: z.enum(['approved', 'reversed', 'declined', 'never', 'silent']).nullable(),
  unsent: z.int().nullable(),
  discrepancy: wire.balance.nullable(),
  document: z
    .object({
      number: z.int(),
      at: wire.at,
      uid: z.string(),
      sum: wire.sum,
      by: z.enum(['sko', 'operator']),
    })
    .nullable(),
  /** A word of the operator's people, with their answer as the form takes it (C2b). */
  word: z
    .object({
      verdict: z.enum(['done', 'never']),
      person: z.string(),
      evidence: z.enum(staffEvidence),
      answer: z.string(),
    })
    .nullable(),
})
export type EvidenceView = z.output<typeof evidence>
