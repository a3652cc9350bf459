import { done, type Handlers, refused } from '#core/api/contract.ts'
import type { entriesApi } from '#core/api/office-cabinet.ts'
import { formatMoney, type Kopecks, kopecks } from '#core/money.ts'
import { type Actor, actorOf } from '#services/runtime/actors.ts'
import type { OfficePorts } from '../ports.ts'
import { settleAccount } from '../settling.ts'
import { noteAct } from '../store/acts.ts'
import { contractOfAccount } from '../store/contracts.ts'
import * as store from '../store/entries.ts'
import { lockAccount, move, storedBalance, undo } from '../store/holdings.ts'
import { accountSeen, type OfficeVisitor } from './door.ts'

type Wanted = {
  kind: 'payment' | 'payout'
  id: string
  account: string
  sum: Kopecks
  note?: string
  by: Actor
}

/** The personal account: what moved on it, and what staff write down there. */
export function entriesHandlers(ports: OfficePorts): Handlers<typeof entriesApi, OfficeVisitor> {
  const { db, clock } = ports
  return {
    entries: async ({ before, limit }, { account }) => {
      const asked = { before: before ?? null, limit: limit + 1 }
      const rows = await store.entriesOf(db, accountSeen(account), asked)
      const page = rows.slice(0, limit)
      return done({ entries: page, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null })
    },
    payment: ({ id, account, sum, note }, visitor) => {
      const by = actorOf(visitor, clock.now())
      const wanted = { kind: 'payment', id, account, sum, note, by } as const
      return write(ports, wanted, () => null)
    },
    payout: ({ id, account, sum, note }, visitor) => {
      const by = actorOf(visitor, clock.now())
      const wanted = { kind: 'payout', id, account, sum, note, by } as const
      return write(ports, wanted, (balance) =>
        balance < sum ? refused('account.no-funds', { sum: kopecks(sum - balance) }) : null,
      )
    },
    demoPayment: async ({ id, sum }, visitor) => {
      if (!ports.takesDemoPayments) return refused('payment.not-taken')
      const by = actorOf(visitor, clock.now())
      const account = visitor.account.account ?? ''
      return write(ports, { kind: 'payment', id, account, sum, by }, () => null)
    },
    undo: ({ entry, reason }, visitor) =>
      db.transaction(async (sql) => {
        const row = await store.entryOf(sql, entry)
        if (!row) return refused('entry.unknown')
        const { account, kind } = row
        if (kind !== 'payment' && kind !== 'payout') return refused('entry.stays')
        const by = actorOf(visitor, clock.now())
        const { now, email } = by
        await lockAccount(sql, account)
        await settleAccount(sql, { account, now })
        if ((await store.entryOf(sql, entry))?.undone) return refused('entry.undone')
        const made = await undo(sql, entry, { account, now, email, note: reason })
        const contract = await contractOfAccount(sql, account)
        await noteAct(sql, by, { what: 'entry.undo', target: String(entry), contract, reason })
        await settleAccount(sql, { account, now })
        return done({ entry: made, balance: await storedBalance(sql, account) })
      }),
  }
}

/** Writes money down once, however often it is asked for under its id. */
function write<R>(
  { db }: OfficePorts,
  { kind, id, account, sum, note, by: actor }: Wanted,
  refusal: (balance: Kopecks) => R | null,
) {
  return db.transaction(async (sql) => {
    if (!(await lockAccount(sql, account))) return refused('account.unknown', { account })
    const { now, email } = actor
    const by = { account, now, email, note: note ?? null }
    const { balance } = await settleAccount(sql, by)
    const known = await store.entryByRequest(sql, id)
    const moved = kind === 'payment' ? sum : -sum
    if (known) {
      const isSame = known.account === account && known.kind === kind && known.sum === moved
      return isSame ? done({ entry: known.id, balance }) : refused('entry.differs')
    }
    const against = refusal(balance)
    if (against) return against
    const entry = await move(sql, { kind, sum, request: id }, by)
    const contract = await contractOfAccount(sql, account)
    const reason = note === undefined ? formatMoney(sum) : `${formatMoney(sum)} ${note}`
    await noteAct(sql, actor, { what: kind, target: account, contract, reason })
    await settleAccount(sql, by)
    return done({ entry, balance: await storedBalance(sql, account) })
  })
}
