import { z } from 'zod'
import { endpoint } from './contract.ts'
import { day, version } from './office.ts'
import * as wire from './wire.ts'

// Versions of the till's programs as the office publishes them (U1), a part of its cabinet.

const none = z.object({})
const required = z.object({
  /** Tills below it may not open a shift; null: every version may. */
  version: version.nullable(),
  /** What will be required, the nearest day first. */
  ahead: z.array(z.object({ version, from: day })),
})

const published = z.object({
  version: z.string(),
  platform: z.string(),
  length: z.int(),
  sha256: z.string(),
  /** When its archive came. */
  at: wire.at,
  notes: z.object({ ru: z.string(), be: z.string(), en: z.string() }),
})
export type PublishedRelease = z.output<typeof published>

const expiring = z.object({
  version: z.int(),
  until: wire.at,
  /** So near that its successor has to be signed now: expired, it stops updates. */
  isNear: z.boolean(),
})

export const versionsApi = {
  requiredVersion: endpoint({
    route: 'GET /api/required-version',
    right: 'signed-in',
    input: none,
    reply: required,
    refusals: [],
  }),
  /** From a day on, or at once; null takes back whatever was required. */
  requireVersion: endpoint({
    route: 'PUT /api/required-version',
    right: 'billing.edit',
    input: z.object({ version: version.nullable(), from: day.nullable().default(null) }),
    reply: required,
    refusals: [],
  }),
  releases: endpoint({
    route: 'GET /api/releases',
    right: 'billing.edit',
    input: none,
    reply: z.object({
      /** Null: no root was laid down, and nothing can be published. */
      root: expiring.nullable(),
      targets: expiring.nullable(),
      /** Root names the key that the office signs with. */
      isNamed: z.boolean(),
      /** The newest first. */
      releases: z.array(published),
    }),
    refusals: [],
  }),
  /** Targets or a root, as they were signed elsewhere: the file itself. */
  publish: endpoint({
    route: 'POST /api/releases',
    right: 'billing.edit',
    input: z.object({ metadata: z.string().min(2).max(900_000) }),
    reply: none,
    refusals: [],
  }),
}

/** For the page alone: what comes of an archive that was sent. */
export const archiveEndpoint = endpoint({
  route: 'POST /api/archives',
  right: 'billing.edit',
  input: none,
  reply: z.object({ sha256: z.string(), length: z.int() }),
  refusals: ['release.no-room'],
})
