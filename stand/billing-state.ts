import { randomUUID } from 'node:crypto'
import { client, type Send } from '#core/api/client.ts'
import type { Client } from '#core/api/contract.ts'
import { officeCabinetApi } from '#core/api/office-cabinet.ts'
import { registerApi } from '#core/api/register.ts'
import { daysBetween } from '#core/billing/calendar.ts'
import { type BillingState, WARNED_DAYS } from '#core/billing/state.ts'
import { demoShop } from '#core/demo/shop.ts'
import { minskDay } from '#core/time.ts'
import { rest } from '#services/runtime/clock.ts'
import { httpSend } from '#services/runtime/send.ts'
import { accounts, people, tariffs, tillEquipment } from './demo/enrolment.ts'
import type { OpenFaults } from './faults.ts'
import { openTurns } from './turns.ts'

const DEADLINE_MS = 5000
/** A till may have a whole release to fetch first. */
const FETCHING_MS = 60_000
const LOOK_MS = 50
const REASON = 'zPOS stand'
/** A lawful number that is not the shop's. */
const OTHER_UNP = '190275968'
const { serial, contract } = tillEquipment

type Staff = Client<typeof officeCabinetApi>
/** Publishes a version above the till's, or tells the one that is published; null: it cannot. */
type Release = () => Promise<string | null>

/**
 * Carries `billing.state` between the faults and the office: the data behind the state are arranged
 * by the office's own staff API, then the register is asked to ask. Who does not answer is told
 * when the office answers again; the register asks by itself.
 */
export function openBillingState(
  at: { office: string; register: string; now: () => number; release: Release },
  faults: Pick<OpenFaults, 'billing' | 'billingIs'>,
) {
  const inTurn = openTurns()
  const settle = async (): Promise<boolean> => {
    const wished = faults.billing()
    if (wished.told) return false
    const isArranged = await withSession(at.office, async (send) => {
      const staff = client(officeCabinetApi, send)
      const { email, password } = accounts[1]
      const signed = await staff.signIn({ email, password })
      return (
        signed.kind === 'done' &&
        arrange(staff, { state: wished.state, today: minskDay(at.now()), release: at.release })
      )
    })
    // What was wished meanwhile has a turn of its own.
    if (!isArranged || faults.billing() !== wished) return false
    faults.billingIs(wished.state)
    return true
  }
  const tellRegister = () =>
    withSession(at.register, async (send) => {
      const till = client(registerApi, send)
      const [, { name, pin }] = people
      const signed = await till.signIn({ user: name, pin })
      if (signed.kind !== 'done') return false
      if (faults.billing().state === 'update-required') await fetched(till)
      await till.checkBilling({})
      await till.signOut({})
      return true
    })
  return {
    /** Arranges what is wished, where the office answers; true: something was arranged. */
    settle: (): Promise<boolean> => inTurn(settle),
    /** Lets the register ask, once its line is open. */
    tellRegister,
  }
}

/** Only once it lies there verified does a wanted update forbid anything. */
async function fetched(till: Client<typeof registerApi>): Promise<void> {
  await till.checkUpdates({})
  const until = performance.now() + FETCHING_MS
  while (performance.now() < until) {
    const answer = await till.status({})
    const update = answer.kind === 'done' ? answer.value.update : null
    if (!update?.newest || update.newest.isReady || update.fault) return
    await rest(LOOK_MS)
  }
}

/** A sender that keeps the session's cookie, as a browser does, and is closed behind the work. */
async function withSession(base: string, work: (send: Send) => Promise<boolean>): Promise<boolean> {
  const wire = httpSend(base, { deadlineMs: DEADLINE_MS })
  let cookie = ''
  try {
    return await work(async ({ method, path, body }) => {
      const answer = await wire({ method, path, body, headers: { cookie } })
      const set = 'status' in answer ? answer.headers?.['set-cookie'] : undefined
      if (Array.isArray(set)) cookie = set.map((each) => each.split(';')[0]).join('; ')
      return answer
    })
  } finally {
    wire.close()
  }
}

/** Puts everything in order first, then brings about what is wished; false: somebody was silent. */
async function arrange(
  staff: Staff,
  { state, today, release }: { state: BillingState; today: string; release: Release },
): Promise<boolean> {
  const isReady = await all([
    () => staff.saveContract({ contract, unp: demoShop.unp, company: demoShop.company }),
    () => staff.conclude({ contract }),
    () => staff.saveEquipment({ serial, contract }),
    () => staff.requireVersion({ version: null }),
  ])
  return isReady && (await subscribed(staff, state, today)) && all(broken(staff, state, release))
}

type Step = () => Promise<{ kind: string }>

async function all(steps: readonly Step[]): Promise<boolean> {
  for (const step of steps) if ((await step()).kind !== 'done') return false
  return true
}

/** What is taken away once all else is in order. */
function broken(staff: Staff, state: BillingState, release: Release): Step[] {
  switch (state) {
    case 'serial-unknown':
      return [() => staff.retireEquipment({ serial })]
    case 'no-contract':
      return [() => staff.endContract({ contract, reason: REASON })]
    case 'unp-mismatch':
      return [() => staff.saveContract({ contract, unp: OTHER_UNP, company: demoShop.company })]
    case 'update-required':
      return [
        async () => {
          const version = await release()
          return version === null ? { kind: 'silent' } : staff.requireVersion({ version })
        },
      ]
    default:
      return []
  }
}

/** The subscription that the state wants; one that is good already stays. */
async function subscribed(staff: Staff, state: BillingState, today: string): Promise<boolean> {
  const listed = await staff.equipment({})
  if (listed.kind !== 'done') return false
  const run = listed.value.equipment.find((each) => each.serial === serial)?.subscription ?? null
  const isCurrent = run !== null && run.ended === null
  const isWarned = state === 'ending' || state === 'ending-no-funds'
  const isLong = isCurrent && daysBetween(today, run.until) > WARNED_DAYS
  if (isLong && state !== 'no-subscription' && !isWarned) {
    return run.renews || all([() => staff.renewal({ serial, on: true })])
  }
  const stop: Step[] = isCurrent ? [() => staff.stopSubscription({ serial, reason: REASON })] : []
  if (!(await all(stop))) return false
  if (state === 'no-subscription') return true
  const { tariff, price } = isWarned ? tariffs.week : tariffs.year
  return (
    (await topUp(staff, price)) &&
    (await all([() => staff.subscribe({ serial, tariff, renews: state !== 'ending' })])) &&
    (state !== 'ending-no-funds' || (await payBack(staff)))
  )
}

async function purse(staff: Staff): Promise<{ account: string; balance: number } | null> {
  const listed = await staff.contracts({})
  if (listed.kind !== 'done') return null
  return listed.value.contracts.find(({ number }) => number === contract) ?? null
}

/** An incoming payment of what is wanting. */
async function topUp(staff: Staff, price: number): Promise<boolean> {
  const own = await purse(staff)
  if (!own) return false
  const { account, balance } = own
  if (balance >= price) return true
  const payment = { id: randomUUID(), account, sum: price - balance, note: REASON }
  return all([() => staff.payment(payment)])
}

/** All that is left goes back to the client. */
async function payBack(staff: Staff): Promise<boolean> {
  const own = await purse(staff)
  if (!own) return false
  const { account, balance } = own
  const payout = { id: randomUUID(), account, sum: balance, note: REASON }
  return balance <= 0 || all([() => staff.payout(payout)])
}
