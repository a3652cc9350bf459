import { randomUUID } from 'node:crypto'
import { done, type Handlers, refused } from '#core/api/contract.ts'
import type { OrderView, ordersApi, TariffView } from '#core/api/office-cabinet.ts'
import type { Day } from '#core/billing/calendar.ts'
import { lastDayOf, priceOf, quoteOf, stillHolds } from '#core/billing/quote.ts'
import { currentRun } from '#core/billing/state.ts'
import { paidUntil, priceOn } from '#core/billing/subscription.ts'
import { type OperationId, operationId } from '#core/id.ts'
import { minskDay } from '#core/time.ts'
import { actorOf } from '#services/runtime/actors.ts'
import type { OfficePorts } from '../ports.ts'
import { settleAccount, settleNow } from '../settling.ts'
import { noteAct } from '../store/acts.ts'
import { equipmentBySerial } from '../store/contracts.ts'
import { holdingsOf, lockAccount } from '../store/holdings.ts'
import * as store from '../store/orders.ts'
import { type TariffRow, tariffsOf, termsOf } from '../store/tariffs.ts'
import { accountSeen, contractSeen, type OfficeVisitor } from './door.ts'

/** Tariffs, prices as they are shown, and orders at them. */
export function ordersHandlers({
  db,
  clock,
  takesDemoPayments,
}: OfficePorts): Handlers<typeof ordersApi, OfficeVisitor> {
  return {
    tariffs: async () => {
      const today = minskDay(clock.now())
      const rows = await tariffsOf(db, today)
      return done({ tariffs: rows.map((row) => tariffView(row, today)) })
    },
    quote: async ({ serial, tariff }, { account: visitor }) => {
      const row = await equipmentBySerial(db, serial)
      const seen = contractSeen(visitor)
      if (!row || (seen !== null && row.contract !== seen)) {
        return refused('equipment.unknown', { serial })
      }
      if (row.account === null) return refused('contract.unknown')
      const now = clock.now()
      const today = minskDay(now)
      const terms = await termsOf(db, tariff, today)
      if (!terms) return refused('tariff.unknown')
      const holdings = await settleNow(db, row.account, now)
      const current = currentRun(holdings, serial)
      const quote = quoteOf({ serial, current }, terms, today)
      const id = uuid(randomUUID())
      await store.putQuote(db, { id, account: row.account, quote })
      const { kind, credit, sum } = quote
      const isLater = kind === 'downgrade' && current
      const price = isLater ? priceOn(terms, paidUntil(current)) : priceOf(quote)
      const shown = { id, serial, tariff, kind, price, credit, sum, lastDay: lastDayOf(quote) }
      return done(Object.assign(shown, { balance: holdings.balance }))
    },
    order: ({ quote: id, renews }, { call, account: visitor }) =>
      db.transaction(async (sql) => {
        const quote = await store.quoteById(sql, id)
        const seen = accountSeen(visitor)
        if (!quote || (seen !== null && quote.account !== seen)) return refused('quote.unknown')
        const { account } = quote
        const now = clock.now()
        await lockAccount(sql, account)
        await settleAccount(sql, { account, now })
        const known = await store.orderOf(sql, id)
        if (known) return done(orderView(known, now))
        const current = currentRun(await holdingsOf(sql, account), quote.serial)
        if (!stillHolds(quote, current, minskDay(now))) return refused('quote.over')
        const by = actorOf({ call, account: visitor }, now)
        await store.placeOrder(sql, { quote: id, account, email: by.email, renews, now })
        const { contract } = visitor
        await noteAct(sql, by, { what: 'order', target: quote.serial, contract })
        await settleAccount(sql, { account, now })
        const placed = await store.orderOf(sql, id)
        return placed ? done(orderView(placed, now)) : refused('quote.unknown')
      }),
    orders: async (_, { account }) => {
      const rows = await store.ordersOf(db, accountSeen(account))
      const orders = rows.map((row) => orderView(row, clock.now()))
      return done({ orders, demoPayments: takesDemoPayments })
    },
  }
}

function tariffView({ id, name, price, later, months, days }: TariffRow, today: Day): TariffView {
  const present = priceOn({ tariff: id, price, months, days, later }, today)
  const ahead = later.filter(({ from }) => from > today)
  return { id, name, price: present, months, days, ahead: [...ahead] }
}

function orderView(row: store.OrderRow, now: number): OrderView {
  const { number, quote, placedAt, state, tariffName: name, of } = row
  const { account, serial, terms, kind, sum } = of
  const lastDay = lastDayOf(of)
  // Nobody came by since its price ended.
  const isOver = state === 'waiting' && lastDay < minskDay(now)
  return {
    number,
    quote: uuid(quote),
    account,
    serial,
    tariff: terms.tariff,
    name,
    kind,
    sum,
    placedAt,
    state: isOver ? 'over' : state,
    lastDay,
  }
}

const uuid = (text: string): OperationId => {
  const id = operationId(text)
  if (id === null) throw new Error(`${text} must be a UUID`)
  return id
}
