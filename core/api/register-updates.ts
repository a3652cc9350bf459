import { z } from 'zod'
import { installFaults } from '../updating/installing.ts'
import { endpoint } from './contract.ts'
import { version } from './office.ts'
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
      /** Why it was not installed when it was wanted last; null: it was not tried. */
      failed: z.enum(installFaults).nullable(),
    })
    .nullable(),
  fault: z.enum(updateFaults).nullable(),
  /** When the office was last heard and believed; null: not since the start. */
  heardAt: wire.at.nullable(),
  /** Whoever supervises this till installs what is wanted; else a person does, by hand. */
  canInstall: z.boolean(),
  /** What is ready is installed by itself: at night, with the shift closed. */
  auto: z.boolean(),
})
export type UpdateView = z.output<typeof updateView>

const reply = z.object({
  /** Null: this till takes no updates from the office. */
  update: updateView.nullable(),
})

export const updateEndpoints = {
  /** Asks the office at once; what is newer is fetched behind the answer. */
  checkUpdates: endpoint({
    route: 'POST /api/updates/check',
    right: 'update',
    input: z.object({}),
    reply,
    refusals: [],
  }),
  /** Leaves the wish for the updater and ends the register, which comes back by itself. */
  installUpdate: endpoint({
    route: 'POST /api/updates/install',
    right: 'update',
    input: z.object({ version }),
    reply,
    refusals: ['update.not-ready', 'update.shift-open', 'update.busy', 'update.no-copy'],
  }),
  autoUpdate: endpoint({
    route: 'PUT /api/updates/auto',
    right: 'update',
    input: z.object({ on: z.boolean() }),
    reply,
    refusals: [],
  }),
}
