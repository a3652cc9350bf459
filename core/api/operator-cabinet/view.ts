import { z } from 'zod'
import { endpoint } from '../contract.ts'
import * as wire from '../wire.ts'

/** Seeing what a client sees, and who of the operator's people has (C2). */
export const cabinetViewApi = {
  /** For half an hour this session reads what the client reads, and changes nothing. */
  beginView: endpoint({
    route: 'POST /api/clients/:unp/view',
    right: 'client.view',
    input: z.object({ unp: z.string().max(9), reason: wire.shownText(500) }),
    reply: z.object({}),
    refusals: ['client.unknown', 'view.read-only'],
  }),
  endView: endpoint({
    route: 'DELETE /api/view',
    right: 'signed-in',
    input: z.object({}),
    reply: z.object({}),
    refusals: [],
  }),
  /** Who of the operator's people has seen what this client sees, the last first. */
  views: endpoint({
    route: 'GET /api/views',
    right: 'signed-in',
    input: z.object({}),
    reply: z.object({
      views: z.array(
        z.object({
          id: z.int(),
          at: wire.at,
          person: z.string(),
          reason: z.string().nullable(),
          /** What was looked at since, as addresses of the API. */
          looks: z.int(),
        }),
      ),
    }),
    refusals: [],
  }),
}
