import { z } from 'zod'
import { endpoint } from '../contract.ts'

const none = z.object({})
/** Six digits of an authenticator, or a recovery code. */
export const typedCode = z.string().trim().min(1).max(32)

/** A second factor beside the password: one-time codes by time (RFC 6238). */
export const cabinetSecondFactorApi = {
  /** A new secret, which works once a code of it has been shown. */
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
}
