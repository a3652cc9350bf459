import { z } from 'zod'
import { endpoint } from './contract.ts'
import * as wire from './wire.ts'

// Marked units, known by their codes: a part of the register's contract.

export const unitEndpoints = {
  /** What a scanned mark is, and whether its unit may be sold. */
  unit: endpoint({
    route: 'POST /api/units',
    right: 'signed-in',
    input: z.object({
      mark: wire.scannedMark,
      /** The goods that the unit should be of. */
      goods: z.int().positive().optional(),
      /** The sale that it is rung up in. */
      sale: wire.id.optional(),
    }),
    reply: z.object({
      /** In the one form that is signed. */
      mark: wire.mark,
      /** The sale here that the unit has not come back from; null: there is none. */
      sold: z.object({ operation: wire.id, number: z.int().nullable(), at: wire.at }).nullable(),
    }),
    refusals: ['mark.held', 'mark.parked'],
  }),
}
