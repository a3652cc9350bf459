import { z } from 'zod'
import { endpoint } from '../contract.ts'
import * as wire from '../wire.ts'

const none = z.object({})
/** Long enough that nobody guesses it; what else it is made of is the person's own affair. */
export const SHORTEST_PASSWORD = 10
export const newPassword = z.string().min(SHORTEST_PASSWORD).max(128)
/** Six digits of an authenticator, or a recovery code. */
const typedCode = z.string().trim().min(1).max(32)

/** Signing in to a cabinet by e-mail and password, and by the second factor where there is one. */
export const signInEndpoint = <Session extends z.ZodObject>(session: Session) =>
  endpoint({
    route: 'POST /api/session',
    right: 'public',
    input: z.object({
      email: z.string().max(128),
      password: z.string().min(1).max(128),
      /** Of the second factor, where the account has one. */
      code: typedCode.optional(),
    }),
    reply: session,
    refusals: ['password.wrong', 'password.locked', 'code.required', 'code.wrong'],
  })

/** What an account does about its own sign-in: password, second factor (RFC 6238), sessions. */
export const cabinetOwnApi = {
  /** Ends every other session of the account. */
  changePassword: endpoint({
    route: 'PUT /api/session/password',
    right: 'signed-in',
    input: z.object({ current: z.string().min(1).max(128), password: newPassword }),
    reply: none,
    refusals: ['password.wrong', 'password.locked'],
  }),
  /** Of the second factor: a new secret, which works once a code of it has been shown. */
  beginSecondFactor: endpoint({
    route: 'POST /api/session/second-factor',
    right: 'signed-in',
    input: none,
    reply: z.object({
      /** In base32, for whoever cannot scan. */
      secret: z.string(),
      uri: z.string(),
    }),
    refusals: ['factor.on'],
  }),
  confirmSecondFactor: endpoint({
    route: 'PUT /api/session/second-factor',
    right: 'signed-in',
    input: z.object({ code: typedCode }),
    /** Each works once in place of a code; they are told this once. */
    reply: z.object({ recoveryCodes: z.array(z.string()) }),
    refusals: ['factor.on', 'factor.off', 'code.wrong', 'password.locked'],
  }),
  dropSecondFactor: endpoint({
    route: 'DELETE /api/session/second-factor',
    right: 'signed-in',
    input: z.object({ code: typedCode }),
    reply: none,
    refusals: ['factor.off', 'code.wrong', 'password.locked'],
  }),
  /** Where the account is signed in. */
  sessions: endpoint({
    route: 'GET /api/sessions',
    right: 'signed-in',
    input: none,
    reply: z.object({
      sessions: z.array(
        z.object({
          id: z.string(),
          /** Null: it was begun by an older version. */
          openedAt: wire.at.nullable(),
          until: wire.at,
          /** The address it was begun from, and what the browser said of itself. */
          origin: z.string().nullable(),
          browser: z.string().nullable(),
          /** The one that asks. */
          own: z.boolean(),
        }),
      ),
    }),
    refusals: [],
  }),
  /** Ends one of the account's sessions; of one that is over nothing is left to do. */
  endSession: endpoint({
    route: 'DELETE /api/sessions/:session',
    right: 'signed-in',
    input: z.object({ session: z.string().regex(/^[0-9a-f]{16}$/) }),
    reply: none,
    refusals: [],
  }),
  /** Ends all of them but the one that asks. */
  endOtherSessions: endpoint({
    route: 'DELETE /api/sessions',
    right: 'signed-in',
    input: none,
    reply: none,
    refusals: [],
  }),
}
