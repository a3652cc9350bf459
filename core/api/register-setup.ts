import { z } from 'zod'
import { endpoint } from './contract.ts'
import { enrolling } from './operator-enrolment.ts'
import { chosenPin } from './register-people.ts'
import * as wire from './wire.ts'

// How far the till's first start has come (K7), a part of the register's contract.

/**
 * Who keeps the till's people: `later`: it is not connected yet, `wanted`: nobody, and whoever asks
 * may name herself; `elsewhere`: nobody, and that is done at the till's own machine; `known`.
 */
export const administratorState = z.enum(['later', 'wanted', 'elsewhere', 'known'])

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
      administrator: administratorState,
    }),
    refusals: [],
  }),
  /** The first person, as long as there was never anybody; from the till's own machine alone. */
  firstAdministrator: endpoint({
    route: 'POST /api/setup/administrator',
    right: 'public',
    input: z.object({ request: wire.id, name: wire.shownText(64), pin: chosenPin }),
    reply: z.object({ name: z.string() }),
    refusals: ['administrator.known', 'administrator.elsewhere', 'pin.taken', 'pin.locked'],
  }),
  /** What a shop that began at this till has done of what leads to its first sale. */
  firstSteps: endpoint({
    route: 'GET /api/first-steps',
    right: 'settings.edit',
    input: z.object({}),
    reply: z.object({
      /** It began here, and nobody has put the steps away. */
      wanted: z.boolean(),
      /** Whether billing lets shifts be opened, and the till's number there; null: no billing. */
      office: z.object({ isOpen: z.boolean(), serial: z.string() }).nullable(),
      /** A printer was set, or some paper came out. */
      printed: z.boolean(),
      goods: z.int(),
      sold: z.boolean(),
    }),
    refusals: [],
  }),
  /** The steps are not shown any more, whatever is left of them. */
  endFirstSteps: endpoint({
    route: 'DELETE /api/first-steps',
    right: 'settings.edit',
    input: z.object({}),
    reply: z.object({}),
    refusals: [],
  }),
}
