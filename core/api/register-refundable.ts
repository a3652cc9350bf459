import { z } from 'zod'
import { thousandths } from '../money.ts'
import * as wire from './wire.ts'

/** A sale's line and what of it may still come back. */
export const refundable = z.object({
  line: z.int(),
  name: z.string(),
  unit: wire.unit,
  price: wire.sum,
  /** Of a marked unit. */
  mark: wire.mark.nullable(),
  sold: wire.quantity,
  left: z.int().min(0).transform(thousandths),
  /** What the rest of the line is worth. */
  sum: wire.sum,
})
export type Refundable = z.output<typeof refundable>
