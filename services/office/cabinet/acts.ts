import { done, type Handlers, invalid } from '#core/api/contract.ts'
import type { OfficeActsFilter, officeActsApi } from '#core/api/office-acts.ts'
import { startOfDay } from '#core/billing/calendar.ts'
import { DAY } from '#core/time.ts'
import { type PagePlace, pageToken, placeOfToken } from '#services/runtime/page-token.ts'
import type { OfficePorts } from '../ports.ts'
import { officeActsOf, type WantedActs } from '../store/acts.ts'
import type { OfficeVisitor } from './door.ts'

/** The audit trail. */
export function officeActsHandlers({
  db,
}: OfficePorts): Handlers<typeof officeActsApi, OfficeVisitor> {
  return {
    acts: async ({ before, limit, ...asked }) => {
      const place = before === undefined ? undefined : placeOfToken(before)
      if (place === null) return invalid('before', 'place-unknown')
      const rows = await officeActsOf(db, wantedActs(asked, place), limit + 1)
      const last = rows.length > limit ? rows[limit - 1] : undefined
      const next = last ? pageToken({ value: last.at, id: last.id }) : null
      return done({ acts: rows.slice(0, limit), next })
    },
  }
}

/** What is looked for behind a place: days of Minsk as moments. */
export function wantedActs(
  { day, dayTo, ...rest }: OfficeActsFilter,
  before: PagePlace | undefined,
): WantedActs {
  const from = day === undefined ? undefined : startOfDay(day)
  const until = dayTo === undefined ? undefined : startOfDay(dayTo) + DAY
  return Object.assign({ from, until, before }, rest)
}
