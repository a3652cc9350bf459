import type { Context as Call } from 'hono'
import { done, type Handlers } from '#core/api/contract.ts'
import type { cabinetOverviewApi } from '#core/api/operator-cabinet/overview.ts'
import { DAY, MINUTE, type Moment } from '#core/time.ts'
import type { OperatorPorts } from '../ports.ts'
import * as store from '../store/overview.ts'
import type { Traffic } from '../traffic.ts'
import type { Visitor } from './door.ts'

/** How many minutes of traffic are shown. */
const SHOWN = 180

/** All registers and their traffic at a glance. */
export function overviewHandlers(
  { db, clock }: OperatorPorts,
  traffic: Traffic,
): Handlers<typeof cabinetOverviewApi, Visitor, Call> {
  return {
    overview: async () => {
      await traffic.flush()
      const asOf = clock.now()
      const last = Math.floor(asOf / MINUTE) * MINUTE
      const first = last - (SHOWN - 1) * MINUTE
      const { registers, states, heard } = await store.countFleet(db, asOf)
      const known = await store.trafficSince(db, first)
      const rejections = await store.rejectionsSince(db, asOf - 7 * DAY)
      const answer = { asOf, registers, states, heard, rejections }
      return done(Object.assign(answer, { traffic: everyMinute(known, first) }))
    },
  }
}

/** Minutes in which there was nothing are told too: a chart must not skip them. */
function everyMinute(known: readonly store.TrafficRow[], first: Moment): store.TrafficRow[] {
  const counts = new Map(known.map((row) => [row.at, row]))
  return Array.from({ length: SHOWN }, (_, place) => {
    const at = first + place * MINUTE
    return counts.get(at) ?? { at, accepted: 0, refused: 0 }
  })
}
