import { z } from 'zod'
import { endpoint } from './contract.ts'

/** Far more than an owner makes in its life; a longer list is nobody's. */
export const MOST_KEY_CHANGES = 1000

/** See core/key-change.ts. */
export const signedKeyChange = z.object({
  change: z.object({
    owner: z.union([z.enum(['operator', 'office']), z.templateLiteral(['device ', z.string()])]),
    former: z.string().max(64),
    publicKey: z.string().max(200),
    from: z.int().min(0),
    until: z.int().min(0),
  }),
  byFormer: z.string().max(200),
  byNew: z.string().max(200),
})

/** Public at whoever signs for others: what is told is known by its signatures. */
export const keyChanges = endpoint({
  route: 'GET /api/keys',
  right: 'public',
  input: z.object({}),
  /** The oldest first. */
  reply: z.object({ changes: z.array(signedKeyChange).max(MOST_KEY_CHANGES) }),
  refusals: [],
})
