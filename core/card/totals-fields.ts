import { type Fields, type Malformed, malformed } from '../iso8583/codec.ts'
import { kopecks } from '../money.ts'
import { type DayTotals, netOf, noTotals, tallyNames } from './business-day.ts'

/** Fields of number and amount of each of the totals. */
const places = {
  credits: { count: 74, sum: 86 },
  creditsReversed: { count: 75, sum: 87 },
  debits: { count: 76, sum: 88 },
  debitsReversed: { count: 77, sum: 89 },
} as const

const NET = 97

const writeNet = (net: number): string =>
  `${net < 0 ? 'C' : 'D'}${String(Math.abs(net)).padStart(16, '0')}`

export function writeTotals(totals: DayTotals): Fields {
  const fields: Record<number, string> = { [NET]: writeNet(netOf(totals)) }
  for (const name of tallyNames) {
    fields[places[name].count] = String(totals[name].count).padStart(10, '0')
    fields[places[name].sum] = String(totals[name].sum).padStart(16, '0')
  }
  return fields
}

/** Totals that agree with their own net amount. */
export function readTotals(fields: Fields): DayTotals | Malformed {
  const totals = { ...noTotals }
  for (const name of tallyNames) {
    const sum = Number(fields[places[name].sum] ?? Number.NaN)
    const count = Number(fields[places[name].count] ?? Number.NaN)
    if (!Number.isSafeInteger(sum)) return malformed(places[name].sum, 'no amount')
    if (!Number.isSafeInteger(count)) return malformed(places[name].count, 'no number')
    totals[name] = { count, sum: kopecks(sum) }
  }
  const net = netOf(totals)
  // Nothing is owed either way: the sign of a zero says nothing.
  const told = net === 0 ? fields[NET]?.replace(/^C/, 'D') : fields[NET]
  const agrees = Number.isSafeInteger(net) && told === writeNet(net)
  return agrees ? totals : malformed(NET, 'not the net of the totals')
}
