import { z } from 'zod'
import { registerRights } from '../access/rights.ts'
import { roleNames } from '../access/roles.ts'
import { languages } from '../words/language.ts'
import { endpoint } from './contract.ts'

// Who may work here, a part of the register's contract.

export const role = z.enum(roleNames)
const language = z.enum(languages)

/** Who has signed in, and what a page may offer her (R26). */
export const session = z.object({
  user: z.string(),
  role,
  rights: z.array(z.enum(registerRights)).readonly(),
  /** How far the right of discounts goes, percent of the price. */
  discountPercent: z.int().min(0).max(100),
  /** What she chose to read; null: she never did. */
  language: language.nullable(),
})

const none = z.object({})

export const peopleEndpoints = {
  users: endpoint({
    route: 'GET /api/users',
    right: 'public',
    input: none,
    reply: z.object({ users: z.array(z.object({ name: z.string(), role })) }),
    refusals: [],
  }),
  signIn: endpoint({
    route: 'POST /api/session',
    right: 'public',
    input: z.object({ user: z.string().min(1).max(64), pin: z.string().min(1).max(16) }),
    reply: session,
    refusals: ['pin.wrong', 'pin.locked'],
  }),
  session: endpoint({
    route: 'GET /api/session',
    right: 'signed-in',
    input: none,
    reply: session,
    // Of a till that is nobody's yet: its page shows how it is connected.
    refusals: ['register.not-enrolled'],
  }),
  signOut: endpoint({
    route: 'DELETE /api/session',
    right: 'signed-in',
    input: none,
    reply: z.object({}),
    refusals: [],
  }),
  /** The language that she reads from now on, wherever she signs in. */
  chooseLanguage: endpoint({
    route: 'PUT /api/session/language',
    right: 'signed-in',
    input: z.object({ language }),
    reply: session,
    refusals: [],
  }),
}
