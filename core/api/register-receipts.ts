import { z } from 'zod'
import { day } from './office.ts'
import * as wire from './wire.ts'

/** What receipts are searched by (N14); all that is given must be true of them. */
export const receiptFilter = z.object({
  /**
   * Number, uid, sum, title, day, goods, cashier or a card's last four, as they are shown or typed
   * from paper.
   */
  search: z.string().max(64).optional(),
  kind: wire.listedKind.optional(),
  shift: z.coerce.number().int().positive().optional(),
  /** Days of Minsk time, both included. */
  from: day.optional(),
  until: day.optional(),
  /** Beginnings of words of goods, or a code of theirs: all of them on the receipt. */
  goods: z.string().max(64).optional(),
  cashier: z.string().min(1).max(64).optional(),
  /** The last digits of its number. */
  card: z
    .string()
    .regex(/^\d{2,4}$/)
    .optional(),
})
export type ReceiptFilter = z.output<typeof receiptFilter>
