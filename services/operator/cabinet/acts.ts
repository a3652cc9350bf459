import type { Context as Call } from 'hono'
import { done, type Handlers, invalid } from '#core/api/contract.ts'
import type { cabinetActsApi } from '#core/api/operator-cabinet/acts.ts'
import { DAY } from '#core/time.ts'
import { pageToken, placeOfToken } from '#services/runtime/page-token.ts'
import type { OperatorPorts } from '../ports.ts'
import { actsOf } from '../store/acts.ts'
import type { Visitor } from './door.ts'

/** The audit trail. */
export function actsHandlers({
  db,
}: OperatorPorts): Handlers<typeof cabinetActsApi, Visitor, Call> {
  return {
    acts: async ({ before: cursor, limit, day, ...rest }) => {
      const before = cursor === undefined ? undefined : placeOfToken(cursor)
      if (before === null) return invalid('before', 'place-unknown')
      const from = day === undefined ? undefined : Date.parse(`${day}T00:00:00+03:00`)
      const until = from === undefined ? undefined : from + DAY
      const filter = Object.assign({ before, from, until }, rest)
      const rows = await actsOf(db, filter, limit + 1)
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return done({
        acts: rows.slice(0, limit),
        next: last ? pageToken({ value: last.at, id: last.id }) : null,
      })
    },
  }
}
