import { z } from 'zod'
import { endpoint } from './contract.ts'
import * as wire from './wire.ts'

// The app store of the till (U1), a part of the register's contract.

/** Why nothing newer comes; sales go on whatever it is. */
export const updateFaults = ['silent', 'expired', 'distrusted', 'cut', 'wrong', 'no-room'] as const

export type UpdateFault = (typeof updateFaults)[number]

export const updateView = z.object({
  installed: z.string(),
  /** Null: nothing newer is known. */
  newest: z
    .object({
      version: z.string(),
      notes: z.object({ ru: z.string(), be: z.string(), en: z.string() }),
      length: z.int(),
      /** It lies on this till, and is what was signed. */
      isReady: z.boolean(),
      /** That are here of it while it is fetched; null: it is not being fetched. */
      bytes: z.int().nullable(),
    })
    .nullable(),
  fault: z.enum(updateFaults).nullable(),
  /** When the office was last heard and believed; null: not since the start. */
  heardAt: wire.at.nullable(),
})
export type UpdateView = z.output<typeof updateView>

export const updateEndpoints = {
  /** Asks the office at once; what is newer is fetched behind the answer. */
  checkUpdates: endpoint({
    route: 'POST /api/updates/check',
    right: 'update',
    input: z.object({}),
    /** Null: this till takes no updates from the office. */
    reply: z.object({ update: updateView.nullable() }),
    refusals: [],
  }),
}
