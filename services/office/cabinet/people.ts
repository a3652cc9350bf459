import type { Context as Call } from 'hono'
import type { cabinetOwnApi } from '#core/api/cabinet/own.ts'
import type { cabinetPeopleApi } from '#core/api/cabinet/people.ts'
import { type Handlers, together } from '#core/api/contract.ts'
import { clientPeopleHandlers } from '#services/runtime/client-people.ts'
import { ownAccountHandlers } from '#services/runtime/own-account.ts'
import { noteAccountAct } from '../store/acts.ts'
import type { OfficeCabinetPorts, OfficeVisitor } from './door.ts'

/** A client's people, and what each does about her own sign-in. */
export function officePeopleHandlers({
  db,
  clock,
  accounts,
  factor,
  mails = false,
}: OfficeCabinetPorts): Handlers<
  typeof cabinetPeopleApi & typeof cabinetOwnApi,
  OfficeVisitor,
  Call
> {
  const columns = { table: 'contract', key: 'number', named: 'contract' }
  const clientOf = ({ account }: OfficeVisitor) => account.contract
  const ports = { db, clock, accounts, factor, mails, columns, clientOf, record: noteAccountAct }
  return together(clientPeopleHandlers(ports), ownAccountHandlers(ports))
}
