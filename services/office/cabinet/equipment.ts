import { done, type Handlers, refused } from '#core/api/contract.ts'
import type { EquipmentView, equipmentApi } from '#core/api/office-cabinet.ts'
import { assert } from '#core/assert.ts'
import { laterDay } from '#core/billing/calendar.ts'
import {
  begun,
  chargedFor,
  ending,
  isCurrent,
  newRun,
  nextRenewal,
  paidUntil,
  priceOn,
  type Subscription,
  unusedOf,
} from '#core/billing/subscription.ts'
import { kopecks } from '#core/money.ts'
import { minskDay } from '#core/time.ts'
import { type Actor, actorOf } from '#services/runtime/actors.ts'
import type { Postgres, Sql } from '#services/runtime/sql.ts'
import type { OfficePorts } from '../ports.ts'
import { settleAccount } from '../settling.ts'
import { noteAct } from '../store/acts.ts'
import * as store from '../store/contracts.ts'
import {
  accountOfRuns,
  lastRunOf,
  lockAccount,
  move,
  putRun,
  storedBalance,
  takeDue,
} from '../store/holdings.ts'
import { tariffName, termsOf } from '../store/tariffs.ts'
import { contractSeen, type OfficeVisitor } from './door.ts'

/** Equipment and its subscriptions: a client sees its own, and says whether it renews. */
export function equipmentHandlers(
  ports: OfficePorts,
): Handlers<typeof equipmentApi, OfficeVisitor> {
  const { db, clock } = ports
  const { stop, subscribe } = subscriptionVerbs(ports)
  return {
    equipment: async (_, { account }) => {
      const rows = await store.equipmentOf(db, contractSeen(account))
      return done({ equipment: await Promise.all(rows.map((row) => viewOf(db, row))) })
    },
    saveEquipment: ({ serial, contract }, visitor) =>
      db.transaction(async (sql) => {
        const of = contract === null ? null : await store.contractOf(sql, contract)
        if (contract !== null && !of) return refused('contract.unknown')
        const last = await lastRunOf(sql, serial)
        // What was paid for from one account does not go over to another.
        const isOther = (of?.account ?? null) !== (await accountOfRuns(sql, serial))
        if (last && isCurrent(last) && isOther) return refused('subscription.there', { serial })
        await store.saveEquipment(sql, serial, contract)
        const act = { what: 'equipment.save', target: serial, contract } as const
        await noteAct(sql, actorOf(visitor, clock.now()), act)
        return shown(sql, serial)
      }),
    retireEquipment: ({ serial }, visitor) =>
      db.transaction(async (sql) => {
        const row = await store.equipmentBySerial(sql, serial)
        if (!row) return unknownSerial(serial)
        const by = actorOf(visitor, clock.now())
        await store.retireEquipment(sql, serial, by.now)
        const { contract } = row
        await noteAct(sql, by, { what: 'equipment.retire', target: serial, contract })
        return done({})
      }),
    subscribe,
    stopSubscription: stop,
    renewal: ({ serial, on }, visitor) =>
      withTill(ports, { serial, visitor }, async ({ sql, by, last, contract }) => {
        if (!last || !isCurrent(last)) return refused('subscription.none', { serial })
        await putRun(sql, by.account, Object.assign({}, last, { renews: on }))
        const what = on ? 'renewal.on' : 'renewal.off'
        await noteAct(sql, by, { what, target: serial, contract })
        return shown(sql, serial)
      }),
  }
}

/** What staff do to a till's subscription. */
function subscriptionVerbs(ports: OfficePorts): {
  subscribe: Handle<'subscribe'>
  stop: Handle<'stopSubscription'>
} {
  return {
    subscribe: ({ serial, tariff, renews }, visitor) =>
      withTill(ports, { serial, visitor }, async ({ sql, by, last, contract }) => {
        const today = minskDay(by.now)
        const terms = await termsOf(sql, tariff, today)
        if (!terms) return refused('tariff.unknown')
        if (last && isCurrent(last)) return refused('subscription.there', { serial })
        const anchor = last ? laterDay(today, paidUntil(last)) : today
        const price = priceOn(terms, anchor)
        const wanting = price - (await storedBalance(sql, by.account))
        if (wanting > 0) return refused('account.no-funds', { sum: kopecks(wanting) })
        const before = { serial, run: last?.run ?? 0, renews }
        await takeDue(sql, begun(newRun(before, { terms, anchor }), price), by)
        await noteAct(sql, by, { what: 'subscribe', target: serial, contract, reason: tariff })
        return shown(sql, serial)
      }),
    stop: ({ serial, reason }, visitor) =>
      withTill(ports, { serial, visitor }, async ({ sql, by, last, contract }) => {
        if (!last || !isCurrent(last)) return refused('subscription.none', { serial })
        const today = laterDay(minskDay(by.now), last.anchor)
        const sum = unusedOf(last, today)
        await putRun(sql, by.account, ending(last, today, 'stopped'))
        if (sum > 0) await move(sql, { kind: 'credit', sum }, Object.assign({ note: reason }, by))
        await noteAct(sql, by, { what: 'subscription.stop', target: serial, contract, reason })
        return shown(sql, serial)
      }),
  }
}

type Handle<Name extends keyof typeof equipmentApi> = Handlers<
  typeof equipmentApi,
  OfficeVisitor
>[Name]

type Held = {
  sql: Sql
  by: Actor & { account: string }
  contract: string | null
  /** The till's newest run, up to date. */
  last: Subscription | null
}

/** Works on a till whose client's account is held and up to date, before and after the work. */
function withTill<T>(
  { db, clock }: OfficePorts,
  { serial, visitor }: { serial: string; visitor: OfficeVisitor },
  work: (held: Held) => Promise<T>,
) {
  return db.transaction(async (sql) => {
    const row = await store.equipmentBySerial(sql, serial)
    const seen = contractSeen(visitor.account)
    if (!row || (seen !== null && row.contract !== seen)) return unknownSerial(serial)
    if (row.account === null) return refused('contract.unknown')
    const { account, contract } = row
    const by = Object.assign({ account }, actorOf(visitor, clock.now()))
    await lockAccount(sql, account)
    await settleAccount(sql, by)
    return work({ sql, by, contract, last: await lastRunOf(sql, serial) })
  })
}

const unknownSerial = (serial: string) => refused('equipment.unknown', { serial })

async function shown(sql: Sql, serial: string) {
  const row = await store.equipmentBySerial(sql, serial)
  assert(row, 'equipment that is held is there')
  return done(await viewOf(sql, row))
}

async function viewOf(sql: Sql | Postgres, row: store.EquipmentRow): Promise<EquipmentView> {
  const { serial, contract, company, version, unp, heardAt } = row
  const last = await lastRunOf(sql, serial)
  const name = last && (await tariffName(sql, last.terms.tariff))
  const subscription = last && name !== null ? subscriptionView(last, name) : null
  return { serial, contract, company, version, unp, heardAt, subscription }
}

const subscriptionView = (run: Subscription, name: string): EquipmentView['subscription'] => ({
  tariff: run.terms.tariff,
  name,
  price: chargedFor(run, run.paid - 1),
  renewal: run.renews && isCurrent(run) ? nextRenewal(run) : null,
  anchor: run.anchor,
  until: paidUntil(run),
  renews: run.renews,
  next: run.next?.tariff ?? null,
  ended: run.ended?.why ?? null,
})
