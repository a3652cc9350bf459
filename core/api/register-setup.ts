import { z } from 'zod'
import { endpoint } from './contract.ts'
import { enrolling } from './operator-enrolment.ts'

/** How far the till's first start has come (K7), a part of the register's contract. */
export const setupEndpoints = {
  setup: endpoint({
    route: 'GET /api/setup',
    right: 'public',
    input: z.object({}),
    /** Null: the till is connected to its operator. */
    reply: z.object({
      waiting: enrolling.nullable(),
      /** Devices of its own service that wait as well: they come first. */
      devices: z.array(enrolling),
    }),
    refusals: [],
  }),
}
