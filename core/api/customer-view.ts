import { z } from 'zod'
import { paperLanguage } from './register-settings.ts'
import * as wire from './wire.ts'

// What the cashier's page lays out for the customer's screen (N13): no wire carries it, both are
// windows of one browser. Nothing of the cashier, of other receipts, of a card.

/** Goods as the customer reads them. */
const shownLine = z.object({
  name: z.string(),
  quantity: wire.quantity,
  unit: wire.unit,
  sum: wire.sum,
})

const shop = {
  /** The shop's name; null: not known yet. */
  place: z.string().nullable(),
  /** The shop's, as its papers'. */
  language: paperLanguage,
}

export const customerView = z.discriminatedUnion('at', [
  z.object(Object.assign({ at: z.literal('idle') }, shop)),
  z.object(
    Object.assign(
      {
        at: z.literal('basket'),
        lines: z.array(shownLine),
        /** Null while something typed makes no sense. */
        sum: wire.sum.nullable(),
        discount: wire.sum,
      },
      shop,
    ),
  ),
  z.object(
    Object.assign(
      {
        at: z.literal('paid'),
        id: wire.id,
        sum: wire.sum,
        /** Null: nothing was paid in cash. */
        change: wire.sum.nullable(),
        /** Of the electronic receipt, by which it is found. */
        uid: z.string(),
      },
      shop,
    ),
  ),
])
export type CustomerView = z.output<typeof customerView>

/** What a customer's screen answers to one that asks whether it is there: its size in pixels. */
export const customerHeard = z.object({
  asked: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
})

/** A code that was scanned into the customer's window, for the till; and that the till has it. */
export const passedScan = z.object({
  zpos: z.literal('scan'),
  id: z.string(),
  code: z.string().max(4096),
})
export type PassedScan = z.output<typeof passedScan>
export const takenScan = z.object({ zpos: z.literal('scan-taken'), id: z.string() })
