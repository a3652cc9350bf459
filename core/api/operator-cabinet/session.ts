import { z } from 'zod'
import { operatorRights } from '../../access/rights.ts'
import { staffRoleNames } from '../../access/roles.ts'
import { languages } from '../../words/language.ts'
import { signInEndpoint } from '../cabinet/own.ts'
import { sessionEndpoints } from '../session-endpoints.ts'

const language = z.enum(languages)

/** `language`: what the account chose to read; null: it never did. */
const session = z.object({
  email: z.string(),
  role: z.enum(['client', 'staff']),
  client: z.string(),
  /** What it may beside reading what is its own (R26). */
  rights: z.array(z.enum(operatorRights)),
  language: language.nullable(),
  /** Of the operator's people; null: a client, or none yet. */
  staffRole: z.enum(staffRoleNames).nullable(),
  /** Signing in takes a code beside the password. */
  secondFactor: z.boolean(),
  /** What one of the operator's people sees in a client's place, and for how long yet. */
  viewing: z
    .object({ unp: z.string(), company: z.string(), reason: z.string(), leftMs: z.int().min(0) })
    .nullable(),
})

/** Who is signed in to the operator's cabinet. */
export const cabinetSessionApi = Object.assign(
  { signIn: signInEndpoint(session) },
  sessionEndpoints(session),
)
