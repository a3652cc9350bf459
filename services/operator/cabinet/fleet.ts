import { createPublicKey } from 'node:crypto'
import type { Context as Call } from 'hono'
import { done, type Handlers, invalid, refused } from '#core/api/contract.ts'
import type { cabinetFleetApi } from '#core/api/operator-cabinet/fleet.ts'
import { type RegisterState, registerStates, statesOf } from '#core/operator/health.ts'
import { unsentBy } from '#core/operator/report.ts'
import { actorOf } from '#services/runtime/actors.ts'
import { sha256 } from '#services/runtime/secret.ts'
import type { OperatorPorts } from '../ports.ts'
import { recordAct } from '../store/acts.ts'
import * as store from '../store/fleet.ts'
import type { Visitor } from './door.ts'

/** All clients and all registers, for the operator's people. */
export function fleetHandlers({
  db,
  clock,
}: OperatorPorts): Handlers<typeof cabinetFleetApi, Visitor, Call> {
  return {
    clients: async ({ search, after, limit }) => {
      const rows = await store.clientsOf(db, {
        search: search ?? '',
        after: after ?? '',
        limit: limit + 1,
      })
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return done({ clients: rows.slice(0, limit), next: last?.unp ?? null })
    },
    fleet: async ({ after: cursor, limit, ...filter }) => {
      const after = cursor === undefined ? undefined : placeOf(cursor)
      if (after === null) return badPlace
      const now = clock.now()
      const asked = Object.assign({ after }, filter)
      const rows = await store.fleetOf(db, asked, { limit: limit + 1, now })
      const last = rows.length > limit ? rows[limit - 1] : undefined
      const registers = rows.slice(0, limit).map((row) => listed(row, now))
      return done({ registers, next: last ? cursorOf(last) : null, asOf: now })
    },
    fleetRegister: async ({ register }, by) => {
      const now = clock.now()
      const rows = await store.registerDevices(db, { register, now })
      const [first] = rows
      if (!first) return refused('register.unknown', { register })
      await recordAct(db, actorOf(by, now), { what: 'looked', register })
      const { registerNumber, unp, company, place, address, red, redSince } = first
      // What became of a device that was retired is no state of the register's any more.
      const atWork = rows.filter(({ retiredAt }) => retiredAt === null)
      const states = worstFirst(atWork.flatMap((row) => statesOf(row, now)))
      const devices = rows.flatMap(({ device, ...row }) =>
        device === null ? [] : [examined({ device, ...row })],
      )
      const about = { registerNumber, unp, company, place, address, states, red, redSince }
      return done(Object.assign(about, { devices, asOf: now }))
    },
  }
}

type Rows = Awaited<ReturnType<typeof store.fleetOf>>

const listed = (row: Rows[number], now: number) => ({
  registerNumber: row.registerNumber,
  unp: row.unp,
  company: row.company,
  place: row.place,
  address: row.address,
  states: statesOf(row, now),
  red: row.red,
  redSince: row.redSince,
  device: row.device === null ? null : heardOf({ ...row, device: row.device }),
})

type Heard = { device: string } & Pick<
  Rows[number],
  'number' | 'lastAt' | 'storedAt' | 'heardAt' | 'made' | 'version' | 'oldestUnsentAt'
>

const heardOf = ({ device, number, lastAt, storedAt, heardAt, ...told }: Heard) => ({
  device,
  number,
  lastAt,
  heardAt,
  unsent: unsentBy(told.made, number),
  oldestUnsentAt: told.oldestUnsentAt,
  version: told.version,
  // A device's clock may be ahead of the operator's.
  delayMs: lastAt === null || storedAt === null ? null : Math.max(0, storedAt - lastAt),
})

type Examined = Awaited<ReturnType<typeof store.registerDevices>>[number] & { device: string }

const examined = (row: Examined) => {
  const { hash, publicKey, forks, lost: forgotten, marked } = row
  const { retiredAt, retiredBy, retiredReason } = row
  const retired =
    retiredAt === null
      ? null
      : { at: retiredAt, person: retiredBy ?? '', reason: retiredReason ?? '' }
  const found = { hash, key: keyOf(publicKey), forks, forgotten, marked, retired }
  return Object.assign(heardOf(row), found)
}

const keyOf = (pem: string): string =>
  sha256(createPublicKey(pem).export({ type: 'spki', format: 'der' }))

/** Of a register with several devices: what holds of any; `working` only where nothing does. */
function worstFirst(states: readonly RegisterState[]): RegisterState[] {
  const found = registerStates.filter((state) => states.includes(state))
  return found.length > 1 ? found.filter((state) => state !== 'working') : found
}

const cursorOf = ({ registerNumber, device }: Rows[number]): string =>
  `${registerNumber}.${device ?? ''}`

function placeOf(cursor: string): store.FleetPlace | null {
  const [, register, device = ''] = /^(\d{1,9})\.(.{0,20})$/.exec(cursor) ?? []
  return register === undefined ? null : { register: Number(register), device }
}

const badPlace = invalid('after', 'place-unknown')
