import { done, type Handlers } from '#core/api/contract.ts'
import type { tradeApi } from '#core/api/office-trade.ts'
import { billingStateOf, currentRun, isForbidding } from '#core/billing/state.ts'
import {
  chargedFor,
  nextRenewal,
  paidUntil,
  type Subscription,
} from '#core/billing/subscription.ts'
import { noTrade } from '#core/card/turnover.ts'
import { DAY, MINUTE, minskDay } from '#core/time.ts'
import type { FeedHeard } from '../feed.ts'
import { billingFacts } from '../lease.ts'
import type { OfficePorts } from '../ports.ts'
import * as contracts from '../store/contracts.ts'
import { disagreeingSince, type PartedWord } from '../store/till-words.ts'
import { forgottenCount } from '../store/transactions.ts'
import { tradeByDay, unbalancedSince } from '../store/turnover.ts'
import { contractSeen, type OfficeVisitor, unpSeen } from './door.ts'

/** Of a till that was never heard: no version is required of it yet. */
const UNHEARD = '999999'

/** The next renewal where it costs other than the last one did; null: it does not. */
function repricedRenewal(run: Subscription) {
  const before = chargedFor(run, run.paid - 1)
  const { on, price } = nextRenewal(run)
  return run.renews && run.next === null && price !== before ? { on, price, before } : null
}

/** Where money and document part, as far as bank and till have told all that bears on it. */
const partedSince = ({ db, clock }: OfficePorts, { at }: FeedHeard, unp: string) =>
  // The bank may have been asked before the till told.
  disagreeingSince(db, unp, { since: clock.now() - 30 * DAY, heardAt: at && at - MINUTE })

const partedView = ({ disagrees: how, serial, at, sum, receipt, id }: PartedWord) => ({
  how,
  serial,
  at,
  sum,
  receipt,
  transaction: id,
})

/** What a client needs to look at today. */
export const homeHandlers = (
  ports: OfficePorts,
  heard: FeedHeard,
): Handlers<Pick<typeof tradeApi, 'home'>, OfficeVisitor> => ({
  home: async (_, { account }) => {
    const { db, clock } = ports
    const now = clock.now()
    const unp = unpSeen(account)
    const today = minskDay(now)
    const [trade = noTrade] = await tradeByDay(db, unp, { from: today, to: today })
    // Of staff every contract would be their own.
    const own = account.role === 'staff' ? '' : (contractSeen(account) ?? '')
    const tills = []
    for (const row of await contracts.equipmentOf(db, own)) {
      const { serial } = row
      const asked = { serial, unp: row.unp ?? unp, version: row.version ?? UNHEARD }
      const facts = await billingFacts(ports, { row, asked, now })
      const state = billingStateOf(facts)
      const current = currentRun(facts.holdings, serial)
      const endsOn = current ? paidUntil(current) : null
      const repriced = current && repricedRenewal(current)
      tills.push({ serial, state, forbids: isForbidding(state), endsOn, repriced })
    }
    const contract = await contracts.contractOf(db, own)
    const { count, declined, paid, back } = trade
    return done({
      today: { count, declined, paid, back },
      account: contract && { account: contract.account, balance: contract.balance },
      tills,
      unbalanced: await unbalancedSince(db, unp, now - 30 * DAY),
      parted: (await partedSince(ports, heard, unp)).map(partedView),
      forgotten: await forgottenCount(db, unp, { from: now - 30 * DAY, until: now + DAY }),
      heardAt: heard.at,
    })
  },
})
