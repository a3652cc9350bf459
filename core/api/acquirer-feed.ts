import { z } from 'zod'
import { bankTransaction, businessDay } from './acquirer.ts'
import { endpoint } from './contract.ts'
import * as wire from './wire.ts'

// What the bank booked, in the order in which it became readable, for whoever keeps merchants'
// cabinets. Whoever asks proves to hold the secret of the feed, which opens nothing else, and
// believes what the bank proves by the same secret (0022); an office of before carried it.

const entry = bankTransaction.omit({ title: true, description: true }).extend({
  is: z.literal('entry'),
  /** The merchant's, by its contract with the bank; null: the bank does not know it. */
  unp: z.string().nullable(),
  /** RRN of the operation that it gives back or undoes. */
  original: z.string().nullable(),
})
const closing = businessDay.extend({
  is: z.literal('day'),
  terminal: z.string(),
  serial: z.string(),
  bank: z.string(),
  unp: z.string().nullable(),
})
const fed = z.discriminatedUnion('is', [entry, closing])
export type FedItem = z.output<typeof fed>
export type FedEntry = z.output<typeof entry>

/** Who asks, by the name under which it proves itself. */
export const FEED_READER = 'office'
/** How much of the feed is told at once. */
export const FEED_PAGE = 1000

/** Names a place of the feed for ever, and what stands there. */
export const feedCursor = z.string().regex(/^\d{1,15}\.[0-9a-f]{16}$/)

export const acquirerFeedApi = {
  feed: endpoint({
    route: 'GET /api/feed',
    right: 'signed-in',
    input: z.object({
      /** `cursor` of the page before; nothing of what comes behind it was told before. */
      after: feedCursor.optional(),
      limit: z.coerce.number().int().min(1).max(FEED_PAGE).default(FEED_PAGE),
    }),
    reply: z.object({
      /** False: this bank never told what `after` names, so its store was put back. */
      known: z.boolean(),
      items: z.array(fed),
      /** Of the last item, or `after` where there is none. */
      cursor: feedCursor.nullable(),
      at: wire.at,
    }),
    refusals: [],
  }),
}
