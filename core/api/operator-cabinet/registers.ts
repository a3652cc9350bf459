import { z } from 'zod'
import { endpoint } from '../contract.ts'
import * as wire from '../wire.ts'

const none = z.object({})

/** Registers, and what the operator does about them. */
export const cabinetRegistersApi = {
  registers: endpoint({
    route: 'GET /api/registers',
    right: 'signed-in',
    input: none,
    reply: z.object({
      registers: z.array(
        z.object({
          device: z.string(),
          registerNumber: z.int(),
          place: z.string(),
          address: z.string(),
          /** Last document stored, when it was made, and when the device was last heard. */
          number: z.int(),
          lastAt: wire.at.nullable(),
          heardAt: wire.at.nullable(),
          /** Why the operator takes nothing of it; null: it does. */
          blocked: z.string().nullable(),
          /** The device signed documents that contradict those stored. */
          forked: z.boolean(),
          /** The operator's own store was put back: it acknowledged more than it holds. */
          forgotten: z.boolean(),
        }),
      ),
    }),
    refusals: [],
  }),
  block: endpoint({
    route: 'PUT /api/registers/:register/block',
    right: 'register.block',
    input: z.object({
      register: wire.rowNumber,
      reason: wire.shownText(500),
    }),
    reply: none,
    refusals: ['register.unknown'],
  }),
  unblock: endpoint({
    route: 'DELETE /api/registers/:register/block',
    right: 'register.block',
    input: z.object({ register: wire.rowNumber }),
    reply: none,
    refusals: ['register.unknown'],
  }),
}
