import type { Context as Call } from 'hono'
import { done, type Handlers, refused } from '#core/api/contract.ts'
import type { cabinetRegistersApi } from '#core/api/operator-cabinet/registers.ts'
import type { OperatorPorts } from '../ports.ts'
import type { AccountRow } from '../store/accounts.ts'
import * as store from '../store/registers.ts'
import { unpOf, type Visitor } from './door.ts'

/** Registers, and what the operator does about them. */
export function registersHandlers(
  ports: OperatorPorts,
): Handlers<typeof cabinetRegistersApi, Visitor, Call> {
  const { db } = ports
  return {
    registers: async (_, { account }) =>
      done({ registers: await store.registersOf(db, unpOf(account)) }),
    block: ({ register, reason }, { account }) => setBlocked(ports, account, { register, reason }),
    unblock: ({ register }, { account }) => setBlocked(ports, account, { register, reason: null }),
  }
}

/** R20: it is written down who it was. */
async function setBlocked(
  { db, clock }: OperatorPorts,
  { email }: AccountRow,
  block: { register: number; reason: string | null },
) {
  const act = { ...block, email, now: clock.now() }
  const known = await db.transaction((sql) => store.setBlocked(sql, act))
  return known ? done({}) : refused('register.unknown', { register: block.register })
}
