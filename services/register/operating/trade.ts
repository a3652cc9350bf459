import { type Answer, done, type Input, type Invalid, invalid, refused } from '#core/api/contract.ts'
import { LONGEST_PERIOD, type tradeEndpoints, type TradeView } from '#core/api/register-trade.ts'
import {
  averageOf,
  filled,
  receiptsOf,
  type Trade,
  addTrade,
  noTrade,
  turnoverOf,
} from '#core/register/trade.ts'
import { dayNumber, dayOf, minskHour, minskHourAt } from '#core/time.ts'
import type { TradePeriod } from '../memory/trade.ts'
import type { Register } from '../register.ts'
import { cashUpViewOf } from './cash-up.ts'

type Asked = Input<(typeof tradeEndpoints)['trade']>
type Memory = Pick<Register, 'store'>

// Bars beyond this are too thin to be read: such a shift is shown day by day.
const MOST_HOURS = 48

/** What the shop took in a period. */
export function tradeOfPeriod(register: Memory, asked: Asked): Answer<TradeView, never> {
  const period = periodOf(register, asked)
  return 'kind' in period ? period : done(viewOfTrade(register, period))
}

/** The same on paper; what a shop of no device is called nobody knows. */
export function printTrade(
  register: Pick<Register, 'store' | 'printing' | 'now'>,
  asked: Asked,
  cashier: string,
): Answer<{ job: number }, 'shift.closed'> {
  const period = periodOf(register, asked)
  if ('kind' in period) return period
  const issuer = register.store.issuer()
  if (!issuer) return refused('shift.closed')
  const trade = viewOfTrade(register, period)
  const paper = { is: 'trade', trade, at: register.now(), issuer, cashier } as const
  return done({ job: register.printing.queue(paper) })
}

function periodOf({ store }: Memory, { shift, from, until }: Asked): TradePeriod | Invalid {
  if (from === undefined && until === undefined) {
    const ledger = store.ledger()
    return { shift: shift ?? ledger.shift?.shift ?? ledger.lastShift }
  }
  const first = dayNumber(from ?? until ?? '')
  const last = dayNumber(until ?? from ?? '')
  if (first === null || last === null) return invalid(first === null ? 'from' : 'until', 'malformed')
  if (last < first) return invalid('until', 'ends-before-start')
  return last - first < LONGEST_PERIOD
    ? { from: first, until: last }
    : invalid('until', 'too-big', { limit: LONGEST_PERIOD })
}

function viewOfTrade({ store }: Memory, period: TradePeriod): TradeView {
  const { hours, total, cashiers, groups } = store.trade(period)
  const days = daysOf(store, period, hours)
  const series = barsOf(period, hours, days)
  return {
    shift: 'shift' in period ? shiftOf(store, period.shift) : null,
    from: dayOf(days.from),
    until: dayOf(days.until),
    turnover: turnoverOf(total),
    receipts: receiptsOf(total),
    average: averageOf(total),
    sales: total.sales,
    sold: total.sold,
    annulments: total.annulments,
    annulled: total.annulled,
    refunds: total.refunds,
    refunded: total.refunded,
    cash: total.cash,
    card: total.card,
    other: total.other,
    bars: series,
    dayHours: series.by === 'hour' ? [] : dayHoursOf(hours),
    groups,
    cashiers: cashiers.map(({ name, trade }) => Object.assign({ name }, barOf(trade))),
    cashUps: 'shift' in period ? store.cashUps(period.shift).map(cashUpViewOf) : [],
  }
}

type Hours = ReadonlyMap<number, Trade>
type Days = { from: number; until: number }

const shiftOf = (store: Register['store'], number: number) => ({
  number,
  openedAt: store.shiftOpenedAt(number),
  closedAt: store.shiftClosedAt(number),
})

/** The days that it spans; of a shift those that it had trade in, or was opened on. */
function daysOf(store: Register['store'], period: TradePeriod, hours: Hours): Days {
  if (!('shift' in period)) return period
  const opened = minskHour(store.shiftOpenedAt(period.shift) ?? 0)
  const all = [...hours.keys()]
  const [first = opened, last = opened] = [all[0], all.at(-1)]
  return { from: Math.floor(first / 24), until: Math.floor(last / 24) }
}

const barOf = (trade: Trade) => ({ receipts: receiptsOf(trade), turnover: turnoverOf(trade) })

function barsOf(period: TradePeriod, hours: Hours, days: Days): TradeView['bars'] {
  const all = [...hours.keys()]
  const [first, last] =
    'shift' in period ? [all[0], all.at(-1)] : [days.from * 24, days.until * 24 + 23]
  const isByHour = days.from === days.until || 'shift' in period
  const isShort = (last ?? 0) - (first ?? 0) < MOST_HOURS
  if (isByHour && isShort) {
    const span = { from: first ?? 0, until: last ?? -1 }
    const rows = filled(hours, span).map(({ place, trade }) =>
      Object.assign({ at: minskHourAt(place) }, barOf(trade)),
    )
    return { by: 'hour', rows }
  }
  const byDay = folded(hours, (hour) => Math.floor(hour / 24))
  const rows = filled(byDay, days).map(({ place, trade }) =>
    Object.assign({ at: minskHourAt(place * 24) }, barOf(trade)),
  )
  return { by: 'day', rows }
}

const dayHoursOf = (hours: Hours): TradeView['dayHours'] =>
  filled(folded(hours, (hour) => hour % 24), { from: 0, until: 23 }).map(({ place, trade }) =>
    Object.assign({ hour: place }, barOf(trade)),
  )

function folded(hours: Hours, place: (hour: number) => number): Map<number, Trade> {
  const sums = new Map<number, Trade>()
  for (const [hour, trade] of hours) {
    const at = place(hour)
    sums.set(at, addTrade(sums.get(at) ?? noTrade, trade))
  }
  return sums
}
