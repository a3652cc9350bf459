import type { Context as Call } from 'hono'
import { done, type Handlers, invalid } from '#core/api/contract.ts'
import type { cabinetFindingsApi } from '#core/api/operator-cabinet/findings.ts'
import { actorOf } from '#services/runtime/actors.ts'
import type { OperatorPorts } from '../ports.ts'
import { recordAct } from '../store/acts.ts'
import { type FindingPlace, findingsOf } from '../store/findings.ts'
import type { Visitor } from './door.ts'

/** What is wrong with devices, and with the operator's own store. */
export function findingsHandlers({
  db,
  clock,
}: OperatorPorts): Handlers<typeof cabinetFindingsApi, Visitor, Call> {
  return {
    findings: async ({ kind, register, before: cursor, limit }, by) => {
      const before = cursor === undefined ? undefined : placeOf(cursor)
      if (before === null) return invalid('before', 'place-unknown')
      // They show what clients' devices have signed.
      const act = { what: 'looked', register: register ?? null, target: kind } as const
      await recordAct(db, actorOf(by, clock.now()), act)
      const rows = await findingsOf(db, { kind, register, before }, limit + 1)
      const last = rows.length > limit ? rows[limit - 1] : undefined
      const findings = rows.slice(0, limit).map(({ place: _, ...finding }) => finding)
      return done({ findings, next: last ? cursorOf(last.place) : null })
    },
  }
}

const cursorOf = ({ at, number, key, device }: FindingPlace): string =>
  [at, number, key, device].join(' ')

function placeOf(cursor: string): FindingPlace | null {
  const [, at, number, key = '', device] =
    /^(\d{1,15}) (\d{1,9}) ([\w.-]{0,64}) (.{1,20})$/.exec(cursor) ?? []
  if (device === undefined) return null
  return { at: Number(at), number: Number(number), key, device }
}
