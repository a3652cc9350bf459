import { type acquirerFeedApi, FEED_PAGE, FEED_READER } from '#core/api/acquirer-feed.ts'
import type { Send } from '#core/api/client.ts'
import type { Client } from '#core/api/contract.ts'
import { SECOND } from '#core/time.ts'
import { proofKeys, provenSend } from '#services/runtime/proof.ts'
import { sha256 } from '#services/runtime/secret.ts'
import type { OfficePorts } from './ports.ts'
import { beginAgain, heldCursor, markForgotten, takePage } from './store/feed.ts'

const REST_MS = SECOND
const SILENT_MS = 5 * SECOND

export type Bank = Client<typeof acquirerFeedApi>

/**
 * The line to the bank by the secret of its feed, which may come later than the first question. It
 * never travels: each question is proved, and what is not proved as its answer is none (0022).
 */
export const provenBank =
  (send: Send, secret: () => string): Send =>
  async (request) => {
    const keys = proofKeys(sha256(secret()), FEED_READER)
    const got = await provenSend(send, { keys, asker: FEED_READER })(request)
    return 'unproven' in got ? { lost: `not the bank: ${got.unproven}` } : got
  }

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
    log.error('the bank tells nothing', { why: 'why' in answer ? answer.why : answer.kind })
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
