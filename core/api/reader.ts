import { z } from 'zod'
import * as wire from './wire.ts'

// The card reader of the terminal: lines of JSON over TCP, one connection a reading. Closing the
// connection takes the request back. The card's number stays in memory and is never written down.

/** The longest line of either side, in bytes. */
export const LONGEST_LINE = 1024

/** From the terminal: show the sum and read a card. */
export const readerRequest = z.object({
  read: z.object({ operation: wire.id, sum: wire.positiveSum, currency: z.literal('BYN') }),
})
export type ReaderRequest = z.input<typeof readerRequest>

/** From the reader, once a card was presented. */
export const readerAnswer = z.object({
  card: z.object({
    pan: z.string().regex(/^\d{12,19}$/),
    /** YYMM. */
    expiry: z.string().regex(/^\d{4}$/),
    entry: z.enum(['chip', 'contactless', 'stripe']),
  }),
})
export type ReaderAnswer = z.output<typeof readerAnswer>
