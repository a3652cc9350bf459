import type { OfficeActName } from '#core/access/acts.ts'
import { done, type Handlers, refused } from '#core/api/contract.ts'
import type { contractsApi } from '#core/api/office-cabinet.ts'
import { assert } from '#core/assert.ts'
import { actorOf } from '#services/runtime/actors.ts'
import type { Sql } from '#services/runtime/sql.ts'
import type { OfficePorts } from '../ports.ts'
import { noteAct } from '../store/acts.ts'
import * as store from '../store/contracts.ts'
import { contractSeen, type OfficeVisitor } from './door.ts'

/** Contracts: staff write them down, clients read their own. */
export function contractsHandlers({
  db,
  clock,
}: OfficePorts): Handlers<typeof contractsApi, OfficeVisitor> {
  /** What staff do to a contract that is there, and that they did it. */
  const change = (
    { number, what, reason }: { number: string; what: OfficeActName; reason?: string | undefined },
    visitor: OfficeVisitor,
    work: (sql: Sql, now: number) => Promise<void>,
  ) =>
    db.transaction(async (sql) => {
      const now = clock.now()
      await work(sql, now)
      const row = await store.contractOf(sql, number)
      if (!row) return refused('contract.unknown')
      await noteAct(sql, actorOf(visitor, now), { what, target: number, contract: number, reason })
      return done(row)
    })
  return {
    contracts: async (_, { account }) =>
      done({ contracts: await store.contractsOf(db, contractSeen(account)) }),
    saveContract: ({ contract: number, unp, company }, visitor) =>
      db.transaction(async (sql) => {
        await store.saveContract(sql, { number, unp, company })
        const act = { target: number, contract: number, reason: `${unp} ${company}` }
        const by = actorOf(visitor, clock.now())
        await noteAct(sql, by, Object.assign(act, { what: 'contract.save' as const }))
        const row = await store.contractOf(sql, number)
        assert(row, 'a contract that was saved is there')
        return done(row)
      }),
    conclude: ({ contract: number }, visitor) =>
      change({ number, what: 'contract.conclude' }, visitor, (sql, now) =>
        store.conclude(sql, number, now),
      ),
    endContract: ({ contract: number, reason }, visitor) =>
      change({ number, what: 'contract.end', reason }, visitor, (sql, now) =>
        store.endContract(sql, number, now),
      ),
  }
}
