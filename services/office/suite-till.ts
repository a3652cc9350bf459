import assert from 'node:assert/strict'
import type { FedItem } from '#core/api/acquirer-feed.ts'
import type { TillReport } from '#core/card/till-report.ts'
import { takeReport } from './store/till-words.ts'
import type { Ground } from './suite-ground.ts'

/** A client's till tells, for the first time, that these sales have their documents. */
export async function tillTold(
  { db, clock }: Ground,
  { serial, unp, terminal }: { serial: string; unp: string; terminal: string },
  sales: readonly (FedItem | undefined)[],
): Promise<void> {
  const words = sales.flatMap((sale) => {
    if (sale?.is !== 'entry') return []
    const { operation, at, sum, receipt } = sale
    const about = { kind: 'purchase', state: 'registered', document: null }
    return Object.assign({ operation, at, sum, receipt }, about)
  })
  const upTo = { seq: 1, hash: '1'.repeat(64) }
  const who = { says: 'report', serial, unp, terminal }
  const report = Object.assign({ after: null, upTo, words, stored: null, at: clock.now() }, who)
  const by = { serial, unp, now: clock.now() }
  assert.equal(await takeReport(db, report as unknown as TillReport, by), true)
}
