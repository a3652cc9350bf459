import { z } from 'zod'
import { registerStates } from '../../operator/health.ts'
import { endpoint } from '../contract.ts'
import * as wire from '../wire.ts'

const count = z.int().min(0)

/** All registers and their traffic at a glance (C2). */
export const cabinetOverviewApi = {
  overview: endpoint({
    route: 'GET /api/overview',
    right: 'clients.read',
    input: z.object({}),
    reply: z.object({
      asOf: wire.at,
      registers: count,
      /** Of how many registers each holds; several may hold of one. */
      states: z.array(z.object({ state: z.enum(registerStates), count })),
      /** By how long ago the device was last heard, up to so many milliseconds; null: never. */
      heard: z.array(z.object({ upToMs: z.int().nullable(), count })),
      /** The last three hours, each minute, the oldest first. */
      traffic: z.array(z.object({ at: wire.at, accepted: count, refused: count })),
      /** Why documents were refused in the last seven days, the most frequent first. */
      rejections: z.array(z.object({ code: z.string(), count })),
    }),
    refusals: [],
  }),
}
