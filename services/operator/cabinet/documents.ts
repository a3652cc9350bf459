import type { Context as Call } from 'hono'
import { done, type Handlers, type Input, invalid, refused } from '#core/api/contract.ts'
import type { cabinetDocumentsApi } from '#core/api/operator-cabinet/documents.ts'
import { parseUidStart } from '#core/document/uid.ts'
import { DAY, parseTypedTime } from '#core/time.ts'
import { readBody } from '../body.ts'
import type { OperatorPorts } from '../ports.ts'
import * as store from '../store/documents.ts'
import { evidenceAgainst } from '../store/evidence.ts'
import { unpOf, type Visitor } from './door.ts'

/** Documents, and what speaks against them. */
export function documentsHandlers({
  db,
}: OperatorPorts): Handlers<typeof cabinetDocumentsApi, Visitor, Call> {
  return {
    documents: async ({ before, limit, ...asked }, { account }) => {
      const place = before === undefined ? undefined : placeOf(before)
      if (place === null) return badPlace
      const wanted = filterOf(asked)
      if (wanted === 'nothing') return done({ documents: [], next: null })
      if ('kind' in wanted) return wanted
      const filter = Object.assign({ before: place }, wanted.filter)
      const page = { filter, limit: limit + 1 }
      const documents = await store.documentsOf(db, unpOf(account), page)
      const last = documents.length > limit ? documents[limit - 1] : undefined
      return done({ documents: documents.slice(0, limit), next: last ? cursorOf(last) : null })
    },
    document: async ({ uid }, { account }) => {
      const row = await store.documentByUid(db, unpOf(account), uid)
      if (!row) return refused('document.unknown')
      const { document } = readBody(row.body)
      return done({ ...row, document })
    },
    evidence: async (_, { account }) =>
      done(await evidenceAgainst(db, account.role === 'staff' ? null : unpOf(account))),
  }
}

type Asked = Omit<Input<(typeof cabinetDocumentsApi)['documents']>, 'before' | 'limit'>

/** What is looked for; `nothing`: something was asked for that no document can be. */
export function filterOf({ day, dayTo, time, uid, ...rest }: Asked) {
  if ((time ?? dayTo) !== undefined && day === undefined) return dayMissing
  const uidStart = uid === undefined ? undefined : parseUidStart(uid)
  // Some uid was asked for: what is no uid finds nothing rather than everything.
  if (uidStart === null) return 'nothing'
  const { from, until } = day === undefined ? {} : momentsOf(day, time)
  const end = dayTo === undefined ? until : momentsOf(dayTo).until
  const filter: store.DocumentFilter = Object.assign({ from, until: end, uidStart }, rest)
  return { is: 'filter', filter } as const
}

/** The moments of a calendar day in Minsk, or of a time of it. */
export function momentsOf(day: string, time = ''): { from: number; until: number } {
  const midnight = Date.parse(`${day}T00:00:00+03:00`)
  const { from, until } = parseTypedTime(time) ?? { from: 0, until: DAY }
  return { from: midnight + from, until: midnight + until }
}

const dayMissing = invalid('day', 'day-missing')

const cursorOf = ({ at, number, device }: store.DocumentPlace): string =>
  `${at}.${number}.${device}`

function placeOf(cursor: string): store.DocumentPlace | null {
  const [, at, number, device] = /^(\d{1,15})\.(\d{1,9})\.(.+)$/.exec(cursor) ?? []
  return device === undefined ? null : { at: Number(at), number: Number(number), device }
}

const badPlace = invalid('before', 'place-unknown')
