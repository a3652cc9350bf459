import { z } from 'zod'
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
})
export type EvidenceView = z.output<typeof evidence>
