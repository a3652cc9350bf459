import type { Context as Call } from 'hono'
import { done, type Handlers, invalid } from '#core/api/contract.ts'
import type { cabinetActsApi } from '#core/api/operator-cabinet/acts.ts'
import { DAY } from '#core/time.ts'
import type { OperatorPorts } from '../ports.ts'
import { type ActPlace, actsOf } from '../store/acts.ts'
import type { Visitor } from './door.ts'

/** The audit trail. */
export function actsHandlers({
  db,
}: OperatorPorts): Handlers<typeof cabinetActsApi, Visitor, Call> {
  return {
    acts: async ({ before: cursor, limit, day, ...rest }) => {
      const before = cursor === undefined ? undefined : placeOf(cursor)
      if (before === null) return invalid('before', 'place-unknown')
      const from = day === undefined ? undefined : Date.parse(`${day}T00:00:00+03:00`)
      const until = from === undefined ? undefined : from + DAY
      const filter = Object.assign({ before, from, until }, rest)
      const rows = await actsOf(db, filter, limit + 1)
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return done({ acts: rows.slice(0, limit), next: last ? `${last.at}.${last.id}` : null })
    },
  }
}

function placeOf(cursor: string): ActPlace | null {
  const [, at, id] = /^(\d{1,15})\.(\d{1,15})$/.exec(cursor) ?? []
  return id === undefined ? null : { at: Number(at), id: Number(id) }
}
