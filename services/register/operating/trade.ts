import {
  type Answer,
  done,
  type Input,
  type Invalid,
  invalid,
  refused,
} from '#core/api/contract.ts'
import { LONGEST_PERIOD, type TradeView, type tradeEndpoints } from '#core/api/register-trade.ts'
import {
  addTakings,
  averageOf,
  filled,
  noTakings,
  receiptsOf,
  type Takings,
  takenOf,
} from '#core/register/trade.ts'
import { dayNumber, dayOf, minskHour, minskHourAt } from '#core/time.ts'
import type { TradePeriod, TradeRows } from '../memory/trade.ts'
import type { Register } from '../register.ts'
import { cashUpViewOf } from './cash-up.ts'

type Asked = Input<(typeof tradeEndpoints)['trade']>
type Memory = Pick<Register, 'store'>

// A day is shown by hours, and so is a shift; one that was left open for long is shown by days.
const MOST_HOURS = 36

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
  if (from === undefined && until === undefined) return { shift: shift ?? newestOf(store) }
  const first = dayNumber(from ?? until ?? '')
  const last = dayNumber(until ?? from ?? '')
  if (first === null || last === null)
    return invalid(first === null ? 'from' : 'until', 'malformed')
  if (last < first) return invalid('until', 'ends-before-start')
  return last - first < LONGEST_PERIOD
    ? { from: first, until: last }
    : invalid('until', 'too-big', { limit: LONGEST_PERIOD })
}

function viewOfTrade({ store }: Memory, period: TradePeriod): TradeView {
  const span = spanOf(store, period)
  const by = span.until - span.from < MOST_HOURS ? 'hour' : 'day'
  const rows = store.tradeBy(by, period)
  const total = [...rows.values()].reduce(addTakings, noTakings)
  const days = { from: Math.floor(span.from / 24), until: Math.floor(span.until / 24) }
  return {
    shift: 'shift' in period ? shiftOf(store, period.shift) : null,
    from: dayOf(days.from),
    until: dayOf(days.until),
    turnover: takenOf(total),
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
    bars: { by, rows: barsOf(rows, by === 'hour' ? span : days, by === 'hour' ? 1 : 24) },
    dayHours: by === 'hour' ? [] : dayHoursOf(store.tradeBy('dayHour', period)),
    groups: store.tradeByGroup(period),
    discounts: store.discountsGiven(period),
    cashiers: store
      .tradeByCashier(period)
      .map(({ name, trade }) => Object.assign({ name }, barOf(trade))),
    cashUps: 'shift' in period ? store.cashUps(period.shift).map(cashUpViewOf) : [],
  }
}

const newestOf = (store: Register['store']): number => {
  const { shift, lastShift } = store.ledger()
  return shift?.shift ?? lastShift
}

const shiftOf = (store: Register['store'], number: number) => ({
  number,
  openedAt: store.shiftOpenedAt(number),
  closedAt: store.shiftClosedAt(number),
  newest: newestOf(store),
})

/** In hours; of a shift those that it had trade in, or the one that it was opened in. */
function spanOf(store: Register['store'], period: TradePeriod): { from: number; until: number } {
  if (!('shift' in period)) return { from: period.from * 24, until: period.until * 24 + 23 }
  const opened = minskHour(store.shiftOpenedAt(period.shift) ?? 0)
  return store.tradeSpan(period.shift) ?? { from: opened, until: opened }
}

const barOf = (trade: Takings) => ({ receipts: receiptsOf(trade), turnover: takenOf(trade) })

/** `hours`: how many of them a row is. */
const barsOf = (rows: TradeRows, span: { from: number; until: number }, hours: 1 | 24) =>
  filled(rows, span).map(({ place, trade }) =>
    Object.assign({ at: minskHourAt(place * hours) }, barOf(trade)),
  )

const dayHoursOf = (rows: TradeRows): TradeView['dayHours'] =>
  filled(rows, { from: 0, until: 23 }).map(({ place, trade }) =>
    Object.assign({ hour: place }, barOf(trade)),
  )
