import { z } from 'zod'
import { installFaults } from '../updating/installing.ts'
import { version } from './office.ts'

// What register and updater leave for each other on the disk. Releases of years apart read these:
// fields are added, never changed.

/** What the register asks for; the updater believes none of it without its signatures. */
export const wantedUpdate = z.object({
  /** Another one for each press: what was carried out once is not carried out again. */
  request: z.string().min(1).max(64),
  version,
  /** Root files by their versions, each signed by the one before; the targets; their own texts. */
  roots: z.array(z.string()),
  targets: z.string(),
  /** Where the archive lies. */
  archive: z.string(),
})
export type WantedUpdate = z.output<typeof wantedUpdate>

const step = z.discriminatedUnion('step', [
  z.object({ step: z.literal('idle') }),
  z.object({ step: z.enum(['unpacking', 'trying', 'switching', 'installed']), version }),
  z.object({ step: z.literal('failed'), version, why: z.enum(installFaults) }),
])

/** Where the updater is; `request`: which wish it is about. */
export const updaterState = z.object({ request: z.string().nullable(), installing: step })
export type UpdaterState = z.output<typeof updaterState>

/** What a new version says of itself on a copy of the data. */
export const trialReport = z.object({
  version,
  checks: z.array(
    z.object({
      name: z.string(),
      /** Without it nothing is installed; of others the log alone tells. */
      required: z.boolean(),
      passed: z.boolean(),
      /** For the log. */
      said: z.string(),
    }),
  ),
})
export type TrialReport = z.output<typeof trialReport>

/** How a rehearsal ends where the disk has no room for it. */
export const NO_ROOM = 3

export const WANTED_FILE = 'wanted.json'
export const STATE_FILE = 'state.json'
export const CURRENT_LINK = 'current'
