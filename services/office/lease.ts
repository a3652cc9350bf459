import { done, type Handlers } from '#core/api/contract.ts'
import type { officeApi } from '#core/api/office.ts'
import { isSigned, LEASE_MS, type SignedLease, signLease } from '#core/billing/lease.ts'
import {
  accountToldOf,
  type BillingFacts,
  billingStateOf,
  currentRun,
} from '#core/billing/state.ts'
import { type Holdings, paidUntil } from '#core/billing/subscription.ts'
import { ZERO } from '#core/money.ts'
import { minskDay } from '#core/time.ts'
import { requiredOn } from '#core/updating/release.ts'
import type { OfficePorts } from './ports.ts'
import { settleNow } from './settling.ts'
import * as store from './store/contracts.ts'
import { requiredVersions } from './store/releases.ts'

type AskedOf = { serial: string; unp: string; version: string }

/** What tills are answered; each answer is counted in `answered`. */
export function leaseHandlers(
  ports: OfficePorts,
  answered: () => void,
): Handlers<Omit<typeof officeApi, 'report'>, null> {
  const { db, clock, key } = ports
  return {
    keyChanges: async () => done({ changes: ports.keyChanges?.() ?? [] }),
    lease: async ({ nonce, held, ...asked }) => {
      const now = clock.now()
      const facts = await factsOf(ports, asked, now)
      const shown = held && isSigned(held, ports.verify) ? held : null
      const { number, wasBehind } = await store.nextLease(db, shown?.lease.counter ?? 0)
      if (shown && wasBehind) await noteForgotten(ports, shown, now)
      answered()
      const { serial, unp } = asked
      const current = currentRun(facts.holdings, serial)
      const account = accountToldOf(facts)
      const lease = {
        says: 'lease',
        serial,
        unp,
        state: billingStateOf(facts),
        account,
        endsOn: account !== null && current ? paidUntil(current) : null,
        issued: now,
        until: now + LEASE_MS,
        counter: number,
        nonce,
      } as const
      return done(signLease(lease, key))
    },
  }
}

/** What the office holds of a till, up to date. */
async function factsOf(ports: OfficePorts, asked: AskedOf, now: number): Promise<BillingFacts> {
  const row = await store.equipmentBySerial(ports.db, asked.serial)
  if (row) await store.noteTill(ports.db, Object.assign({ now }, asked))
  return billingFacts(ports, { row, asked, now })
}

type Known = { row: store.EquipmentRow | null; asked: AskedOf; now: number }

/** What bears on a till that says this of itself. */
export async function billingFacts(
  { db }: OfficePorts,
  { row, asked: { serial, unp, version }, now }: Known,
): Promise<BillingFacts> {
  const contract = row?.contract ? await store.contractOf(db, row.contract) : null
  const nothing: Holdings = { balance: ZERO, subscriptions: [] }
  return {
    today: minskDay(now),
    unp,
    version,
    serial,
    equipment: row && {
      contract: contract && {
        unp: contract.unp,
        account: contract.account,
        isInForce: store.isContractInForce(contract),
      },
    },
    holdings: contract ? await settleNow(db, contract.account, now) : nothing,
    required: requiredOn(await requiredVersions(db), minskDay(now)),
  }
}

/** V3: an own lease above all that this store has signed: the store was put back. */
async function noteForgotten({ db, log }: OfficePorts, shown: SignedLease, now: number) {
  const { counter, serial } = shown.lease
  const isNews = await store.keepForgottenLease(db, { counter, lease: JSON.stringify(shown), now })
  if (isNews) log.error('store was put back', { serial, signed: counter })
}
