import type { Input } from '#core/api/contract.ts'
import type { tradeEndpoints } from '#core/api/register-trade.ts'
import { dayNumber, dayOf } from '#core/time.ts'

/** What figures are asked for: a shift by its number, or the days around one of them. */
export const tradeSpans = ['shift', 'day', 'week', 'month', 'quarter'] as const
export type TradeSpan = (typeof tradeSpans)[number]
/** `of`: a shift's number, or a day as «2025-07-01»; empty: the present one. */
export type TradePlace = { by: TradeSpan; of: string }

/** The place that an address names; what names none is the present shift. */
export function tradePlace(by: string, of: string): TradePlace {
  const span = tradeSpans.find((each) => each === by)
  if (!span) return { by: 'shift', of: '' }
  const isKnown = span === 'shift' ? /^[1-9]\d{0,8}$/.test(of) : dayNumber(of) !== null
  return { by: span, of: isKnown ? of : '' }
}

export const hrefOf = ({ by, of }: TradePlace): string => `#/trade/${by}${of && `/${of}`}`

/** What is asked of the register. */
export function askedOf(place: TradePlace, today: string): Input<(typeof tradeEndpoints)['trade']> {
  const { by, of } = place
  if (by === 'shift') return of === '' ? {} : { shift: Number(of) }
  const { from, until } = daysAround(by, of || today)
  return { from, until }
}

type Days = { from: string; until: string }

// The first of January 1970 was a Thursday; a week begins with its Monday.
const mondayOf = (day: number): number => day - ((day + 3) % 7)

function daysAround(by: Exclude<TradeSpan, 'shift'>, of: string): Days {
  const day = dayNumber(of) ?? 0
  const [year = 1970, month = 1] = of.split('-').map(Number)
  const months = (first: number, count: number): Days => ({
    from: firstOf(year, first),
    until: dayOf((dayNumber(firstOf(year, first + count)) ?? 1) - 1),
  })
  switch (by) {
    case 'day':
      return { from: of, until: of }
    case 'week':
      return { from: dayOf(mondayOf(day)), until: dayOf(mondayOf(day) + 6) }
    case 'month':
      return months(month, 1)
    case 'quarter':
      return months(month - ((month - 1) % 3), 3)
    default:
      return by satisfies never
  }
}

/** The first day of a month counted from 1; the 13th is the next year's first. */
const firstOf = (year: number, month: number): string =>
  dayOf(Date.UTC(year, month - 1, 1) / 86_400_000)

/** The one before or after, by what is shown; null: there is none, or it has not come. */
export function beside(
  by: TradeSpan,
  shown: Days & { shift: number | null; today: string; newest: number },
  step: 1 | -1,
): TradePlace | null {
  if (by === 'shift') {
    const shift = (shown.shift ?? 0) + step
    return shift >= 1 && shift <= shown.newest ? { by, of: String(shift) } : null
  }
  const { from, until } = shown
  const edge = dayNumber(step === 1 ? until : from)
  const of = edge === null ? from : dayOf(edge + step)
  return of > shown.today ? null : { by, of }
}
