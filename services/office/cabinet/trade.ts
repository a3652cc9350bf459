import { done, type Handlers, type Input, invalid, refused } from '#core/api/contract.ts'
import type { tradeApi } from '#core/api/office-trade.ts'
import { addDays, daysBetween, startOfDay } from '#core/billing/calendar.ts'
import { differingTotals, tallyOf } from '#core/card/business-day.ts'
import { noTrade, type Split, splits, sumOfTrade } from '#core/card/turnover.ts'
import { DAY, minskDay } from '#core/time.ts'
import { type PagePlace, pageToken, placeOfToken } from '#services/runtime/page-token.ts'
import type { Sql } from '#services/runtime/sql.ts'
import type { FeedHeard } from '../feed.ts'
import type { OfficePorts } from '../ports.ts'
import { wordOn } from '../store/till-words.ts'
import * as store from '../store/transactions.ts'
import * as turnover from '../store/turnover.ts'
import { type OfficeVisitor, unpSeen } from './door.ts'

const SHOWN_DAYS = 30
const MOST_DAYS = 366
/** Of a total that differs no more candidates are shown. */
const MOST_SUSPECTS = 20

type Trade = Omit<typeof tradeApi, 'home'>

/** A client's trade by card; staff have none of their own, and see none. */
export function tradeHandlers(
  { db, clock }: OfficePorts,
  heard: FeedHeard,
): Handlers<Trade, OfficeVisitor> {
  return {
    transactions: async ({ before, limit, ...asked }, { account }) => {
      const place = before === undefined ? undefined : placeOfToken(before)
      if (place === null) return badPlace
      const wanted = Object.assign(wantedOf(asked), { before: place })
      const page = { wanted, limit: limit + 1 }
      const rows = await store.transactionsOf(db, unpSeen(account), page)
      const last = rows.length > limit ? rows[limit - 1] : undefined
      const next = last ? pageToken(placeIn(asked.sort, last)) : null
      return done({ transactions: rows.slice(0, limit), next, heardAt: heard.at })
    },
    transaction: async ({ id }, { account }) => {
      const unp = unpSeen(account)
      const transaction = await store.transactionById(db, unp, id)
      if (!transaction) return refused('transaction.unknown')
      const related = await store.relatedTo(db, unp, transaction)
      const till = await wordOn(db, unp, transaction.operation)
      const agreement =
        till?.disagrees ?? (till ? (till.state === 'open' ? 'open' : 'agrees') : 'unheard')
      return done({ transaction, related, till, agreement })
    },
    terminals: async (_, { account }) =>
      done({ terminals: await store.terminalsOf(db, unpSeen(account)) }),
    businessDays: async ({ before, limit }, { account }) => {
      const unp = unpSeen(account)
      const place = before === undefined ? null : dayPlaceOf(before)
      if (before !== undefined && !place) return badPlace
      const open = place ? [] : await turnover.openDays(db, unp)
      const rows = await turnover.closedDays(db, unp, { before: place, limit: limit + 1 })
      const last = rows.length > limit ? rows[limit - 1] : undefined
      const next = last ? `${last.closedAt}.${last.terminal}` : null
      return done({ days: [...open, ...rows.slice(0, limit)], next })
    },
    businessDay: async (of, { account }) => {
      const unp = unpSeen(account)
      const isIt = (day: { terminal: string; day: number }) =>
        day.terminal === of.terminal && day.day === of.day
      const closed = await turnover.closedDay(db, unp, of)
      const day = closed ?? (await turnover.openDays(db, unp)).find(isIt)
      if (!day) return refused('business-day.unknown')
      return done({ day, differing: await differencesOf(db, unp, day) })
    },
    statistics: async ({ from, to }, { account }) => {
      const last = to ?? minskDay(clock.now())
      const first = from ?? addDays(last, 1 - SHOWN_DAYS)
      const length = daysBetween(first, last) + 1
      if (length < 1) return invalid('to', 'ends-before-start')
      if (length > MOST_DAYS) return invalid('to', 'too-big', { limit: MOST_DAYS })
      return done(await statisticsOf(db, unpSeen(account), { from: first, to: last }))
    },
  }
}

async function statisticsOf(sql: Sql, unp: string, period: turnover.Period) {
  const known = new Map(
    (await turnover.tradeByDay(sql, unp, period)).map((row) => [row.value, row]),
  )
  const length = daysBetween(period.from, period.to) + 1
  const days = Array.from({ length }, (_, place) => {
    const value = addDays(period.from, place)
    // Days without trade are told too: a chart must not skip them.
    return known.get(value) ?? Object.assign({ value }, noTrade)
  })
  const cells = await turnover.tradeBySplit(sql, unp, period)
  const terminals = await store.terminalsOf(sql, unp)
  const serials = new Map(terminals.map(({ terminal, serial }) => [terminal, serial]))
  const of = (split: Split) =>
    cells
      .filter((cell) => cell.split === split)
      .map(({ split: _, value, ...trade }) =>
        Object.assign({ value: (split === 'terminal' && serials.get(value)) || value }, trade),
      )
  const bySplit = Object.fromEntries(splits.map((split) => [split, of(split)]))
  const total = days.reduce(sumOfTrade, noTrade)
  const moments = { from: startOfDay(period.from), until: startOfDay(period.to) + DAY }
  const forgotten = await store.forgottenCount(sql, unp, moments)
  const told = { total, forgotten, days, splits: bySplit as Record<Split, typeof days> }
  return Object.assign(told, period)
}

type Day = Parameters<typeof differencesOf>[2]

/**
 * Totals that differ, and the bank's transactions each of which alone would make it so; where there
 * are none, those that their till says otherwise or nothing of.
 */
async function differencesOf(
  sql: Sql,
  unp: string,
  day: { terminal: string; day: number } & Pick<
    Awaited<ReturnType<typeof turnover.closedDays>>[number],
    'bankTotals' | 'terminalTotals'
  >,
) {
  const { bankTotals, terminalTotals } = day
  if (!terminalTotals) return []
  const differing = differingTotals(bankTotals, terminalTotals)
  return Promise.all(
    differing.map(async (total) => {
      const sum = bankTotals[total].sum - terminalTotals[total].sum
      const isOneMore = bankTotals[total].count - terminalTotals[total].count === 1
      const rows = isOneMore && sum > 0 ? await ofSum(sql, unp, { day, sum }) : []
      const suspects = rows.filter((row) => tallyOf(row) === total)
      if (suspects.length > 0) return { total, suspects, by: 'sum' as const }
      const untold = (await store.unconfirmedOf(sql, unp, day)).filter(
        (row) => tallyOf(row) === total,
      )
      // Of a till that tells nothing all of them would be.
      return { total, suspects: untold.length > MOST_SUSPECTS ? [] : untold, by: 'till' as const }
    }),
  )
}

const ofSum = (sql: Sql, unp: string, { day, sum }: { day: Day; sum: number }) =>
  store.transactionsOf(sql, unp, {
    wanted: Object.assign(
      wantedOf({ terminal: day.terminal, businessDay: day.day, sum, sort: 'at-up' }),
      { result: 'approved' as const, before: undefined },
    ),
    limit: MOST_SUSPECTS,
  })

type Asked = Omit<Input<(typeof tradeApi)['transactions']>, 'before' | 'limit'>

/** What is looked for: days of Minsk as moments. */
export function wantedOf({ day, dayTo, ...rest }: Asked): Omit<store.WantedTransactions, 'before'> {
  const from = day === undefined ? undefined : startOfDay(day)
  const until = dayTo === undefined ? undefined : startOfDay(dayTo) + DAY
  return Object.assign({ from, until }, rest)
}

/** Where a page that ended with this row goes on. */
export const placeIn = (
  sort: Asked['sort'],
  { at, sum, id }: { at: number; sum: number; id: number },
): PagePlace => ({ value: sort.startsWith('at') ? at : sum, id })

const badPlace = invalid('before', 'place-unknown')

function dayPlaceOf(text: string): { closedAt: number; terminal: string } | null {
  const [, closedAt, terminal] = /^(\d{1,15})\.(.{1,8})$/.exec(text) ?? []
  return terminal === undefined ? null : { closedAt: Number(closedAt), terminal }
}
