import { done, type Handlers, invalid, refused } from '#core/api/contract.ts'
import type { TariffPriceView, tariffsApi } from '#core/api/office-tariffs.ts'
import { addDays, type Day } from '#core/billing/calendar.ts'
import { QUOTE_DAYS } from '#core/billing/quote.ts'
import { formatMoney } from '#core/money.ts'
import { minskDay } from '#core/time.ts'
import { actorOf } from '#services/runtime/actors.ts'
import type { Sql } from '#services/runtime/sql.ts'
import type { OfficePorts } from '../ports.ts'
import { noteAct } from '../store/acts.ts'
import * as store from '../store/tariffs.ts'
import type { OfficeVisitor } from './door.ts'

/** A price that was shown stands for so long; another one holds no earlier. */
const earliestOf = (today: Day): Day => addDays(today, QUOTE_DAYS)

/** Tariffs and prices by date. What has begun to hold never changes. */
export function tariffsHandlers({
  db,
  clock,
}: OfficePorts): Handlers<typeof tariffsApi, OfficeVisitor> {
  const listed = async (sql: Sql) => {
    const today = minskDay(clock.now())
    const prices = statesOf(await store.pricesOf(sql), today)
    return done({ prices, earliest: earliestOf(today) })
  }
  return {
    tariffPrices: () => listed(db),
    addTariff: ({ tariff, name, price, months, days, from }, visitor) =>
      db.transaction(async (sql) => {
        await store.lockTariffs(sql)
        const { now, email, origin } = actorOf(visitor, clock.now())
        if (months + days === 0 || (months > 0 && days > 0)) return invalid('days', 'malformed')
        if (from < minskDay(now)) return invalid('from', 'day-past')
        const known = await store.pricesOf(sql)
        if (known.some((row) => row.tariff === tariff)) return invalid('tariff', 'taken')
        await store.addTariff(sql, { tariff, name, price, months, days, from, now, email })
        const reason = `${formatMoney(price)} ${from}`
        await noteAct(sql, { email, origin, now }, { what: 'tariff.add', target: tariff, reason })
        return listed(sql)
      }),
    changePrice: ({ tariff, price, from }, visitor) =>
      db.transaction(async (sql) => {
        await store.lockTariffs(sql)
        const by = actorOf(visitor, clock.now())
        const { now, email } = by
        const known = (await store.pricesOf(sql)).filter(
          (row) => row.tariff === tariff && !row.undone,
        )
        const [first] = known
        if (!first) return refused('tariff.unknown')
        if (from < earliestOf(minskDay(now))) return invalid('from', 'day-too-near')
        if (known.some((row) => (row.from ?? '') === from)) return invalid('from', 'taken')
        // Before its first day there is nothing to change.
        if (from < (first.from ?? '')) return invalid('from', 'day-too-near')
        await store.addPrice(sql, { tariff, price, from, now, email })
        const reason = `${formatMoney(price)} ${from}`
        await noteAct(sql, by, { what: 'tariff.price', target: tariff, reason })
        return listed(sql)
      }),
    undoPrice: ({ price: id, reason }, visitor) =>
      db.transaction(async (sql) => {
        await store.lockTariffs(sql)
        const by = actorOf(visitor, clock.now())
        const { now, email } = by
        const all = await store.pricesOf(sql)
        const row = all.find((each) => each.id === id)
        if (!row || row.from === null) return refused('tariff.unknown')
        if (row.undone) return listed(sql)
        if (row.from <= minskDay(now)) return invalid('price', 'day-past')
        // A tariff goes with its first price: those that follow it are undone first.
        const isFirst = !all.some((each) => each.tariff === row.tariff && isBefore(each, row))
        const hasMore = all.some(
          (each) => each.tariff === row.tariff && !each.undone && each.id !== id,
        )
        if (isFirst && hasMore) return invalid('price', 'not-last')
        await store.undoPrice(sql, { id, now, email })
        await noteAct(sql, by, { what: 'tariff.undo', target: row.tariff, reason })
        return listed(sql)
      }),
  }
}

const isBefore = (a: store.PriceRow, b: store.PriceRow): boolean => (a.from ?? '') < (b.from ?? '')

/** Which of a tariff's prices holds today, what was and what will be. */
function statesOf(rows: readonly store.PriceRow[], today: Day): TariffPriceView[] {
  const isDue = (row: store.PriceRow) => !row.undone && (row.from ?? '') <= today
  return rows.map((row) => {
    const { id, tariff, name, months, days, price, from, at, person } = row
    const isOver = rows.some((each) => each.tariff === tariff && isDue(each) && isBefore(row, each))
    const held = isDue(row) ? (isOver ? 'past' : 'present') : 'future'
    const state = row.undone ? 'undone' : held
    return { id, tariff, name, months, days, price, from, state, at, person }
  })
}
