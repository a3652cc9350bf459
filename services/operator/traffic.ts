import { DAY, MINUTE, type Moment, SECOND } from '#core/time.ts'
import type { Clock } from '#services/runtime/clock.ts'
import { newToken } from '#services/runtime/secret.ts'
import type { Postgres } from '#services/runtime/sql.ts'

/** A kill may cost the figures of so long: no document, only its count in a chart. */
const REST_MS = 5 * SECOND
const REMEMBERED_MS = 31 * DAY

type Count = { accepted: number; refused: number }

export type Traffic = ReturnType<typeof openTraffic>

/**
 * Counts documents by minute for charts. It is kept in memory and written now and then, past the
 * documents' own transactions: a row that every device changed would make them wait in turn.
 */
export function openTraffic(db: Postgres, { now, elapsed }: Clock) {
  const gateway = newToken()
  let pending = new Map<Moment, Count>()
  let writtenAt = elapsed()

  function add(minute: Moment, { accepted, refused }: Count): void {
    const count = pending.get(minute) ?? { accepted: 0, refused: 0 }
    pending.set(minute, {
      accepted: count.accepted + accepted,
      refused: count.refused + refused,
    })
  }

  /** What could not be written is written with the next. */
  async function flush(): Promise<void> {
    const writing = pending
    pending = new Map()
    writtenAt = elapsed()
    if (writing.size === 0) return
    const counts = [...writing.values()]
    await db
      .query(
        `with old as (delete from traffic where minute < $5)
         insert into traffic(minute, gateway, accepted, refused)
         select minute, $1, accepted, refused
         from unnest($2::bigint[], $3::integer[], $4::integer[]) rows(minute, accepted, refused)
         on conflict (minute, gateway)
         do update set accepted = traffic.accepted + excluded.accepted,
                       refused = traffic.refused + excluded.refused`,
        [
          gateway,
          [...writing.keys()],
          counts.map(({ accepted }) => accepted),
          counts.map(({ refused }) => refused),
          now() - REMEMBERED_MS,
        ],
      )
      .catch(() => {
        for (const [minute, count] of writing) add(minute, count)
      })
  }

  return {
    /** Counts what came of a batch. */
    note: (count: Count): void => {
      add(Math.floor(now() / MINUTE) * MINUTE, count)
      if (elapsed() - writtenAt >= REST_MS) void flush()
    },
    flush,
  }
}
