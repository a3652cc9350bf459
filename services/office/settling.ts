import type { Day } from '#core/billing/calendar.ts'
import { carriedOut, type Quote, stillHolds } from '#core/billing/quote.ts'
import { currentRun } from '#core/billing/state.ts'
import {
  type Holdings,
  lastRuns,
  renewals,
  resumptions,
  type Subscription,
} from '#core/billing/subscription.ts'
import { minskDay } from '#core/time.ts'
import type { Postgres, Sql } from '#services/runtime/sql.ts'
import { accountsDue, type By, holdingsOf, lockAccount, move, takeDue } from './store/holdings.ts'
import { endOrder, waitingOrders } from './store/orders.ts'

/** A personal account whose row is held, and the time. */
export type HeldAccount = { account: string; now: number }

/**
 * Brings a held account up to date: what fell due is charged in its order, orders that are covered
 * are paid, runs that lapsed begin anew where the money is there. Whoever changes the account does
 * this before and after; done twice it does nothing.
 */
export async function settleAccount(sql: Sql, { account, now }: HeldAccount): Promise<Holdings> {
  const today = minskDay(now)
  // The office does it by itself, whoever it was that came by.
  const by: By = { account, now }
  const { due, holdings } = renewals(await holdingsOf(sql, by.account), today)
  await takeDue(sql, due, by)
  const paid = await payOrders(sql, { holdings, today }, by)
  const resumed = resumptions(paid, today)
  if (resumed.length === 0) return paid
  await takeDue(sql, resumed, by)
  return holdingsOf(sql, by.account)
}

async function payOrders(
  sql: Sql,
  { holdings, today }: { holdings: Holdings; today: Day },
  by: By,
): Promise<Holdings> {
  let present = holdings
  for (const { number, of, renews } of await waitingOrders(sql, by.account)) {
    if (!stillHolds(of, currentRun(present, of.serial), today)) {
      await endOrder(sql, number, 'over')
      continue
    }
    if (present.balance < of.sum) continue
    const last = lastOf(present, of.serial)
    await carryOut(sql, of, { last, today, renews, by })
    await endOrder(sql, number, 'paid')
    present = await holdingsOf(sql, by.account)
  }
  return present
}

const lastOf = ({ subscriptions }: Holdings, serial: string): Subscription | null =>
  lastRuns(subscriptions).find((each) => each.serial === serial) ?? null

type Circumstances = { last: Subscription | null; today: Day; renews: boolean; by: By }

async function carryOut(sql: Sql, quote: Quote, { last, today, renews, by }: Circumstances) {
  const { due, credit } = carriedOut(quote, { last, today, renews })
  if (credit > 0) await move(sql, { kind: 'credit', sum: credit }, by)
  await takeDue(sql, due, by)
}

/** Settles an account in a transaction of its own. */
export const settleNow = (db: Postgres, account: string, now: number): Promise<Holdings> =>
  db.transaction(async (sql) => {
    await lockAccount(sql, account)
    return settleAccount(sql, { account, now })
  })

/** Settles every account on which something is due; answers how many there were. */
export async function settleDue(db: Postgres, now: number): Promise<number> {
  const accounts = await accountsDue(db, minskDay(now))
  for (const account of accounts) await settleNow(db, account, now)
  return accounts.length
}
