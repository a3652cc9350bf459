import { z } from 'zod'
import { endpoint } from './contract.ts'
import { day, tariffId } from './office.ts'
import * as wire from './wire.ts'

// Tariffs and their prices by date, as the office's people keep them: a part of its cabinet.

const price = z.object({
  /** Null: the first price of a tariff that is there from ever. */
  id: z.int().nullable(),
  tariff: z.string(),
  name: z.string(),
  months: z.int(),
  days: z.int(),
  price: wire.sum,
  /** The day from which it holds; null: from ever. */
  from: day.nullable(),
  state: z.enum(['past', 'present', 'future', 'undone']),
  /** When it was written down, and by whom. */
  at: wire.at.nullable(),
  person: z.string().nullable(),
})
export type TariffPriceView = z.output<typeof price>

const prices = z.object({
  /** By tariff and day. */
  prices: z.array(price),
  /** The first day from which another price of a tariff may hold. */
  earliest: day,
})

export const tariffsApi = {
  tariffPrices: endpoint({
    route: 'GET /api/tariff-prices',
    right: 'billing.edit',
    input: z.object({}),
    reply: prices,
    refusals: [],
  }),
  /** A new tariff, which can be had from a day on: today or later. */
  addTariff: endpoint({
    route: 'POST /api/tariffs',
    right: 'billing.edit',
    input: z.object({
      tariff: tariffId,
      name: wire.shownText(60),
      price: wire.positiveSum,
      /** Of a period: whole months, or days where there are none. */
      months: z.int().min(0).max(60),
      days: z.int().min(0).max(366),
      from: day,
    }),
    reply: prices,
    refusals: [],
  }),
  /** Another price of a tariff, from a day on that leaves time to tell of it. */
  changePrice: endpoint({
    route: 'POST /api/tariffs/:tariff/prices',
    right: 'billing.edit',
    input: z.object({ tariff: tariffId, price: wire.positiveSum, from: day }),
    reply: prices,
    refusals: ['tariff.unknown'],
  }),
  /** Only while its day is ahead. Undone twice it is undone. */
  undoPrice: endpoint({
    route: 'POST /api/tariff-prices/:price/undo',
    right: 'billing.edit',
    input: z.object({ price: wire.rowNumber, reason: wire.shownText(500) }),
    reply: prices,
    refusals: ['tariff.unknown'],
  }),
}
