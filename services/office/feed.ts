import { type acquirerFeedApi, FEED_PAGE } from '#core/api/acquirer-feed.ts'
import type { Client } from '#core/api/contract.ts'
import { SECOND } from '#core/time.ts'
import type { OfficePorts } from './ports.ts'
import { beginAgain, heldCursor, markForgotten, takePage } from './store/feed.ts'

const REST_MS = SECOND
const SILENT_MS = 5 * SECOND

export type Bank = Client<typeof acquirerFeedApi>

/** When the bank last answered, in this life of the process; null: it has not yet. */
export type FeedHeard = { at: number | null }

/**
 * Takes one page of the bank's feed in; answers how long to rest. Killed at any moment it goes on
 * from the last page that is on disk.
 */
export async function pullFeed(
  { db, clock, log }: OfficePorts,
  bank: Bank,
  heard: FeedHeard,
): Promise<number> {
  const after = await heldCursor(db)
  const answer = await bank.feed({ after: after ?? undefined, limit: FEED_PAGE })
  if (answer.kind !== 'done') {
    log.error('the bank tells nothing', { why: answer.kind })
    return SILENT_MS
  }
  const { known, items, cursor } = answer.value
  if (!known) {
    if (after !== null) await beginAgain(db, after, clock.now())
    log.error('the bank was put back', { cursor: after })
    return 0
  }
  if (items.length > 0) await takePage(db, { items, after, cursor })
  if (items.length === FEED_PAGE) return 0
  await markForgotten(db, { cursor, now: clock.now() })
  // Only now is all there that the bank knew when it was asked.
  heard.at = clock.now()
  return REST_MS
}
