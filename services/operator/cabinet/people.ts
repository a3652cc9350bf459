import type { Context as Call } from 'hono'
import type { cabinetOwnApi } from '#core/api/cabinet/own.ts'
import type { cabinetPeopleApi } from '#core/api/cabinet/people.ts'
import { type Handlers, together } from '#core/api/contract.ts'
import type { RecordAct } from '#services/runtime/actors.ts'
import { clientPeopleHandlers } from '#services/runtime/client-people.ts'
import { ownAccountHandlers } from '#services/runtime/own-account.ts'
import { recordAct } from '../store/acts.ts'
import type { CabinetPorts, Visitor } from './door.ts'

/** Acts of accounts of whichever cabinet, as this one writes them down. */
export const recordAccountAct: RecordAct = (sql, by, { what, client, target, reason }) =>
  recordAct(sql, by, { what, unp: client ?? null, target: target ?? null, reason: reason ?? null })

/** A client's people, and what each does about her own sign-in. */
export function peopleHandlers({
  db,
  clock,
  accounts,
  factor,
  mails = false,
}: CabinetPorts): Handlers<typeof cabinetPeopleApi & typeof cabinetOwnApi, Visitor, Call> {
  const columns = { table: 'client', key: 'unp', named: 'unp' }
  const clientOf = ({ account }: Visitor) => account.unp
  const ports = { db, clock, accounts, factor, mails, columns, clientOf, record: recordAccountAct }
  return together(clientPeopleHandlers(ports), ownAccountHandlers(ports))
}
