import { z } from 'zod'
import type { Access } from '../access/rights.ts'
import { endpoint } from './contract.ts'
import { told } from './field-fault.ts'
import * as wire from './wire.ts'

// The shop's goods as whoever keeps them sees them (K1), a part of the register's contract.

/** What a scanner or a hand types: no spaces, no letters beyond ASCII. */
const code = z
  .string()
  .trim()
  .max(64)
  .refine((text) => /^[\x21-\x7e]+$/.test(text), told('goods-code'))

/** What a person decides about goods, each of it told. */
export const goodsFields = z.object({
  name: wire.shownText(128),
  /** Barcodes, or the shop's own codes; the first stands on documents. */
  codes: z
    .array(code)
    .max(20)
    .transform((codes) => [...new Set(codes)]),
  price: wire.positiveSum,
  vat: wire.vatRate,
  unit: wire.unit,
  group: wire.shownText(64),
  /** Shown before the others. */
  favourite: z.boolean(),
  marking: wire.marking,
  colour: wire.tileColour,
  /** One that is kept already; null: none. */
  picture: wire.pictureHash.nullable(),
})

/** What a person decides about goods; what a program of before does not tell is as it was then. */
export const goodsForm = goodsFields.extend({
  marking: wire.marking.default('none'),
  colour: wire.tileColour.default(null),
  picture: wire.pictureHash.nullable().default(null),
})
export type GoodsForm = z.output<typeof goodsForm>

export const stockRow = goodsForm.extend({
  id: z.int(),
  /** Another one after every change: whoever changes goods names the one that she saw. */
  revision: z.int(),
  /** Since when they are not sold any more; null: they are. */
  retiredAt: wire.at.nullable(),
})
export type StockRow = z.output<typeof stockRow>

const byId = z.object({ id: wire.rowNumber })

/** In base64; the pixels of a picture of ours, stored without packing them, are shorter. */
const LONGEST_PICTURE = 100_000

export const stockEndpoints = {
  /** What goods do not show soon is forgotten. */
  keepPicture: endpoint({
    route: 'POST /api/pictures',
    right: 'goods.edit',
    input: z.object({ png: z.base64().min(1).max(LONGEST_PICTURE) }),
    reply: z.object({ picture: wire.pictureHash }),
    refusals: [],
  }),
  stock: endpoint({
    route: 'GET /api/stock',
    right: 'goods.edit',
    input: z.object({
      /** Every word must stand in the name or be a code. */
      search: z.string().max(128).optional(),
      retired: z.enum(['yes', 'no']).default('no'),
      /** Opaque: `next` of the page before. */
      after: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    reply: z.object({ goods: z.array(stockRow), next: z.string().nullable() }),
    refusals: [],
  }),
  stockOne: endpoint({
    route: 'GET /api/stock/:id',
    right: 'goods.edit',
    input: byId,
    reply: z.object({
      goods: stockRow,
      /** Prices that they had, the newest first; `person`: who decided so, null: not told. */
      prices: z.array(z.object({ price: wire.sum, since: wire.at, person: z.string().nullable() })),
    }),
    refusals: ['goods.unknown'],
  }),
  addGoods: endpoint({
    route: 'POST /api/stock',
    right: 'goods.edit',
    input: goodsForm.extend({ request: wire.id }),
    reply: stockRow,
    refusals: ['goods.code-taken', 'import.running'],
  }),
  changeGoods: endpoint({
    route: 'PUT /api/stock/:id',
    right: 'goods.edit',
    input: goodsForm.extend({ id: wire.rowNumber, revision: z.int() }),
    reply: stockRow,
    refusals: ['goods.unknown', 'goods.code-taken', 'goods.changed', 'import.running'],
  }),
  retireGoods: endpoint({
    route: 'PUT /api/stock/:id/retired',
    right: 'goods.edit',
    input: byId.extend({ retired: z.boolean() }),
    reply: stockRow,
    refusals: ['goods.unknown', 'import.running'],
  }),
}

/** A picture by its hash, beside the contract: bytes of a PNG. */
export const pictureRoutes = {
  'GET /api/pictures/:hash': 'signed-in',
} as const satisfies Record<string, Access>
