import { addDays, type Day } from './calendar.ts'
import { type Holdings, isCurrent, paidUntil, renewals, type Subscription } from './subscription.ts'

/** Where several hold the first is told (S2); the first five forbid. */
export const billingStates = [
  'serial-unknown',
  'no-contract',
  'unp-mismatch',
  'no-subscription',
  'update-required',
  'ending',
  'ending-no-funds',
  'ok',
] as const
export type BillingState = (typeof billingStates)[number]

const forbidding: readonly BillingState[] = billingStates.slice(0, 5)
const warning: readonly BillingState[] = ['ending', 'ending-no-funds']

export const isForbidding = (state: BillingState): boolean => forbidding.includes(state)
export const isWarning = (state: BillingState): boolean => warning.includes(state)

/** What the office holds that bears on a till, and what the till says of itself. */
export type BillingFacts = {
  today: Day
  /** Of the shop, as it is set up at the till. */
  unp: string
  version: string
  /** Null: no equipment has this serial number. */
  equipment: { contract: BillingContract | null } | null
  /** What the contract's client has, up to date. */
  holdings: Holdings
  serial: string
  /** Tills below this version may not work; null: every version may. */
  required: string | null
}
/** `isInForce`: it is concluded, and has not ended. */
export type BillingContract = { unp: string; account: string; isInForce: boolean }

/** So many days before the end a till is told of it. */
export const WARNED_DAYS = 7

/** The state of S2, out of the data alone. */
export function billingStateOf(facts: BillingFacts): BillingState {
  const { equipment, unp, serial, holdings, version, required, today } = facts
  if (!equipment) return 'serial-unknown'
  const { contract } = equipment
  if (!contract?.isInForce) return 'no-contract'
  if (contract.unp !== unp) return 'unp-mismatch'
  const current = currentRun(holdings, serial)
  if (!current || paidUntil(current) <= today) return 'no-subscription'
  if (required !== null && isOlder(version, required)) return 'update-required'
  if (paidUntil(current) > addDays(today, WARNED_DAYS)) return 'ok'
  if (!current.renews) return 'ending'
  return willBeRenewed(holdings, current) ? 'ok' : 'ending-no-funds'
}

/** The account number is told where the client is meant, and where it helps. */
export const accountToldOf = ({ equipment, unp }: BillingFacts): string | null =>
  equipment?.contract?.isInForce && equipment.contract.unp === unp
    ? equipment.contract.account
    : null

export const currentRun = ({ subscriptions }: Holdings, serial: string): Subscription | null =>
  subscriptions.find((each) => each.serial === serial && isCurrent(each)) ?? null

/** The purse is one for all tills: what falls due earlier is taken from it first. */
export function willBeRenewed(holdings: Holdings, current: Subscription): boolean {
  const { due } = renewals(holdings, paidUntil(current))
  return due.some(
    ({ is, subscription }) => is === 'charged' && subscription.serial === current.serial,
  )
}

/** «1.10.0» is newer than «1.9»: numbers parted by dots, what is missing is 0. */
export function isOlder(version: string, than: string): boolean {
  const [own, other] = [version, than].map((text) => text.split('.').map(Number))
  for (let i = 0; i < Math.max(own?.length ?? 0, other?.length ?? 0); i++) {
    const [a, b] = [own?.[i] ?? 0, other?.[i] ?? 0]
    if (a !== b) return a < b
  }
  return false
}

/** «0.2» is «0.2.0». */
export const isSameVersion = (a: string, b: string): boolean => !isOlder(a, b) && !isOlder(b, a)
