import { z } from 'zod'
import { languages } from '../words/language.ts'
import { endpoint } from './contract.ts'

/** What whoever has signed in to a cabinet asks of her session; each says who she is there. */
export const sessionEndpoints = <Session extends z.ZodObject>(session: Session) => ({
  session: endpoint({
    route: 'GET /api/session',
    right: 'signed-in',
    input: z.object({}),
    reply: session,
    refusals: [],
  }),
  signOut: endpoint({
    route: 'DELETE /api/session',
    right: 'signed-in',
    input: z.object({}),
    reply: z.object({}),
    refusals: [],
  }),
  /** The language that she reads from now on, wherever she signs in. */
  chooseLanguage: endpoint({
    route: 'PUT /api/session/language',
    right: 'signed-in',
    input: z.object({ language: z.enum(languages) }),
    reply: session,
    refusals: [],
  }),
})
