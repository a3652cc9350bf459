import { z } from 'zod'
import { GS } from '../document/mark.ts'
import { isPrintable } from '../printable.ts'
import { endpoint } from './contract.ts'
import { type FieldFault, told } from './field-fault.ts'
import { discountReason, grantId } from './operation-request.ts'
import * as wire from './wire.ts'

// Receipts that are rung up and not paid yet: as a page keeps them, and put aside for later (N9). A
// part of the register's contract.

/** As typed: «5», «5.50», «10%». */
const adjustmentText = z.string().max(32)

/** Goods as they were when they were rung up. */
export const rungGoods = z.object({
  /** Null: no goods of the catalogue, at a free price. */
  id: z.int().positive().nullable(),
  name: wire.shownText(128),
  code: z.string().max(64).nullable(),
  price: wire.sum,
  vat: wire.vatRate,
  unit: wire.unit,
  group: z.string().max(64),
})
export type RungGoods = z.output<typeof rungGoods>

export const basketLine = z.object({
  key: z.int().positive(),
  goods: rungGoods,
  price: wire.sum,
  quantity: wire.quantity,
  /** What was typed for the quantity and is none; null: the quantity counts. */
  wrong: z.string().max(64).nullable(),
  /** A percentage follows the quantity. */
  discount: adjustmentText,
  markup: adjustmentText,
  reason: discountReason.nullable(),
  /** Of the one unit that the line is of; null: it is not marked. */
  mark: wire.mark.nullable().default(null),
  /** Somebody knows that it was sold here before. */
  resold: z.boolean().default(false),
})
export type BasketLine = z.output<typeof basketLine>

/** A sale being rung up, whatever is still wrong with it. */
export const rungReceipt = z.object({
  lines: z.array(basketLine).min(1).max(500),
  discount: adjustmentText,
  markup: adjustmentText,
  reason: discountReason.nullable(),
  /** Somebody with the rights has let the receipt pass as it stood; null: nobody had to. */
  grant: grantId.nullable(),
})
export type RungReceipt = z.output<typeof rungReceipt>

/** What of a line others see as it was typed or scanned, by its place in the line. */
function textsOf({ goods, wrong, discount, markup, mark }: BasketLine): [string, string | null][] {
  return [
    ['goods.code', goods.code],
    ['goods.group', goods.group],
    ['wrong', wrong],
    ['discount', discount],
    ['markup', markup],
    ['mark.si', mark?.si?.replaceAll(GS, '') ?? null],
    ['mark.ukz', mark?.ukz ?? null],
  ]
}

/**
 * A receipt as it is taken in; what was taken in by older versions is given back as it is. Whoever
 * brings it back sees each line where it stands, and takes away the one that she means.
 */
const receiptToPark = rungReceipt.superRefine(({ lines, discount, markup }, { addIssue }) => {
  const wrong = (path: string, fault: FieldFault) =>
    addIssue(Object.assign({ code: 'custom' as const, path: path.split('.') }, told(fault)))
  const keys = lines.map(({ key }) => key)
  for (const [place, line] of lines.entries()) {
    if (keys.indexOf(line.key) < place) wrong(`lines.${place}.key`, 'repeated')
    for (const [field, text] of textsOf(line)) {
      if (text !== null && !isPrintable(text)) wrong(`lines.${place}.${field}`, 'unprintable')
    }
  }
  if (!isPrintable(discount)) wrong('discount', 'unprintable')
  if (!isPrintable(markup)) wrong('markup', 'unprintable')
})

/** The name of one act: it comes to the same however often it is asked for. */
const act = wire.id

export const parkedEndpoints = {
  parked: endpoint({
    route: 'GET /api/parked',
    right: 'sale',
    input: z.object({}),
    reply: z.object({
      /** The oldest first. */
      receipts: z.array(
        z.object({
          id: wire.id,
          /** Null: it is known by its time. */
          name: z.string().nullable(),
          at: wire.at,
          person: z.string(),
          sum: wire.sum.nullable(),
          lines: z.int(),
          /** Of its first line. */
          goods: z.string(),
        }),
      ),
    }),
    refusals: [],
  }),
  park: endpoint({
    route: 'PUT /api/parked/:id',
    right: 'sale',
    input: z.object({
      /** Of the sale that the receipt is to become. */
      id: wire.id,
      act,
      name: wire.shownText(64).nullable(),
      /** What it came to, as it was shown; null: it cannot be told yet. */
      sum: wire.sum.nullable(),
      receipt: receiptToPark,
    }),
    reply: z.object({}),
    refusals: ['receipt.sold', 'receipt.parked', 'parked.full'],
  }),
  bringBack: endpoint({
    route: 'POST /api/parked/:id/bring-back',
    right: 'sale',
    input: z.object({ id: wire.id, act }),
    reply: z.object({ receipt: rungReceipt }),
    refusals: ['parked.gone'],
  }),
}
