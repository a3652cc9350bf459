import { z } from 'zod'
import { endpoint } from './contract.ts'
import { day } from './office.ts'
import { cashUpView } from './register-cash-up.ts'
import * as wire from './wire.ts'

// What the shop took (N12): core/register/trade.ts says what is counted.

/** A shift, or days of Minsk time, both ends included; neither: the open shift, or the last one. */
export const tradePeriod = z.object({
  shift: z.coerce.number().int().positive().max(1_000_000_000).optional(),
  from: day.optional(),
  /** Without it the day that `from` says. */
  until: day.optional(),
})

/** The longest period, in days: a quarter. */
export const LONGEST_PERIOD = 92

const bar = z.object({ receipts: z.int(), turnover: wire.balance })

export const tradeView = z.object({
  /** Null: days were asked for. */
  shift: z
    .object({
      number: z.int(),
      openedAt: wire.at.nullable(),
      closedAt: wire.at.nullable(),
      /** The open shift, or the last one. */
      newest: z.int(),
    })
    .nullable(),
  from: day,
  until: day,
  /** Sales less what was annulled and refunded; `average` of a sale, null where there are none. */
  turnover: wire.balance,
  receipts: z.int(),
  average: wire.balance.nullable(),
  sales: z.int(),
  sold: wire.balance,
  annulments: z.int(),
  annulled: wire.balance,
  refunds: z.int(),
  refunded: wire.balance,
  /** What stayed of it, by means. */
  cash: wire.balance,
  card: wire.balance,
  other: wire.balance,
  /** Hour by hour, of a shift or a day; otherwise day by day. */
  bars: z.object({ by: z.enum(['hour', 'day']), rows: z.array(bar.extend({ at: wire.at })) }),
  /** All days laid over each other, from midnight; empty where `bars` are hours already. */
  dayHours: z.array(bar.extend({ hour: z.int().min(0).max(23) })),
  /** Groups of goods, most first; an empty name: of no group, or sold before groups were kept. */
  groups: z.array(z.object({ name: z.string(), sum: wire.balance })),
  /** Why discounts were given, most first; an empty reason: none was told. */
  discounts: z.array(z.object({ reason: z.string(), receipts: z.int(), sum: wire.sum })),
  cashiers: z.array(bar.extend({ name: z.string() })),
  /** How its drawer was counted; of a shift alone. */
  cashUps: z.array(cashUpView),
})
export type TradeView = z.output<typeof tradeView>

export const tradeEndpoints = {
  trade: endpoint({
    route: 'GET /api/trade',
    right: 'report',
    input: tradePeriod,
    reply: tradeView,
    refusals: [],
  }),
  /** No fiscal document, and it says so. */
  printTrade: endpoint({
    route: 'POST /api/trade/print',
    right: 'report',
    input: tradePeriod,
    reply: z.object({ job: z.int() }),
    refusals: ['shift.closed'],
  }),
}
