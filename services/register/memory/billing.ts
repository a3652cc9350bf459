import { parseJson } from '#core/api/json.ts'
import { signedLease } from '#core/api/office.ts'
import type { Day } from '#core/billing/calendar.ts'
import type { KeptLease, SignedLease } from '#core/billing/lease.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'

/** The last answer of the office, on disk. */
export type BillingMemory = ReturnType<typeof openBillingMemory>

type Row = { lease: string | null; since: number; latest: number; read_on: string | null }

export function openBillingMemory(db: Sqlite) {
  const select = db.prepare('select lease, since, latest, read_on from billing')
  const put = db.prepare(
    `insert into billing(id, lease, since, latest) values (1, ?, ?, ?)
     on conflict(id) do update set lease = excluded.lease, since = excluded.since,
                                   latest = max(latest, excluded.latest)`,
  )
  const seen = db.prepare(
    `insert into billing(id, lease, since, latest) values (1, null, ?1, ?1)
     on conflict(id) do update set latest = max(latest, ?1)`,
  )
  const read = db.prepare('update billing set read_on = ?')
  const row = (): Row | undefined => select.get() as Row | undefined
  const heldIn = ({ lease }: Row): SignedLease | null =>
    lease === null ? null : (signedLease.safeParse(parseJson(lease)).data ?? null)
  return {
    /** Null: the office was never asked. */
    kept: (): (KeptLease & { held: SignedLease | null; readOn: Day | null }) | null => {
      const present = row()
      if (!present) return null
      const held = heldIn(present)
      const { since, latest, read_on: readOn } = present
      return { lease: held?.lease ?? null, held, since, latest, readOn }
    },
    keep: (held: SignedLease, now: number): void => void put.run(JSON.stringify(held), now, now),
    /** Nobody answered; that time has come all the same. */
    askedInVain: (now: number): void => void seen.run(now),
    readOn: (day: Day): void => void read.run(day),
  }
}
