import type { OperatorKey, VerifyBy } from '../operator/statement.ts'
import { DAY, type Moment } from '../time.ts'
import { type BillingState, billingStates, isForbidding, isWarning } from './state.ts'

// What the office signs for a till, and how long the till goes by it.

/** «So it stands with this till», for whoever asked with this nonce. */
export type Lease = {
  says: 'lease'
  serial: string
  unp: string
  state: BillingState
  /** Of the personal account; null: it is not told. */
  account: string | null
  /** The first day that is not paid for, in Minsk; null: there is no subscription. */
  endsOn: string | null
  issued: Moment
  /** What was said is good for so long, whatever becomes of the line. */
  until: Moment
  /** Rises with every lease that the office signs. */
  counter: number
  nonce: string
}

/** A lease, the key that signed it, and the signature in base64. */
export type SignedLease = { lease: Lease; key: string; signature: string }

/** S2: an answer known within 24 hours is used when nobody answers. */
export const LEASE_MS = DAY
/** After it a till works on for seven days and says so. */
export const GRACE_MS = 7 * DAY

/** No other signature of anybody's is over a text that begins like this. */
const DOMAIN = 'zpos-office-1'

/** The bytes that are signed: every field at its place, so that no two leases share them. */
export function leaseText(lease: Lease): string {
  const { says, serial, unp, state, account, endsOn, issued, until, counter, nonce } = lease
  const what = [state, account, endsOn]
  return JSON.stringify([DOMAIN, says, serial, unp, what, issued, until, counter, nonce])
}

export const signLease = (lease: Lease, sign: OperatorKey): SignedLease => {
  const { key, signature } = sign(leaseText(lease))
  return { lease, key, signature }
}

/** The office's own key signed exactly this. */
export const isSigned = ({ lease, key, signature }: SignedLease, verify: VerifyBy): boolean =>
  verify(key, leaseText(lease), signature)

/**
 * An answer to this very question of this very till. A counter that fell is the office's store put
 * back: the answer is believed all the same, since nobody else can have signed it for the nonce.
 */
export const answersTill = (
  signed: SignedLease,
  { serial, unp, nonce }: { serial: string; unp: string; nonce: string },
  verify: VerifyBy,
): boolean =>
  isSigned(signed, verify) &&
  signed.lease.serial === serial &&
  signed.lease.unp === unp &&
  signed.lease.nonce === nonce

/** What a till keeps on its disk. */
export type KeptLease = {
  /** The last answer; null: there was none yet. */
  lease: Lease | null
  /** When it was heard, or when the till first asked in vain, by the till's clock. */
  since: Moment
  /** The latest time that the till has seen: a clock that is set back extends nothing. */
  latest: Moment
}

/** `unheard`: nobody has answered for longer than the grace lasts. */
export const billingNames = [...billingStates, 'unheard'] as const
export type BillingName = (typeof billingNames)[number]

/** How it stands with billing at a till. */
export type BillingStanding = {
  state: BillingName
  account: string | null
  endsOn: string | null
  /** No shift is opened. */
  forbids: boolean
  /** Told once a day. */
  warns: boolean
  /** The answer is too old; work goes on until then. Null: it is not. */
  graceUntil: Moment | null
}

/**
 * What the till goes by: the last answer, for a day, then seven days of grace, then nothing.
 * A wanted update forbids only while it lies here verified and can be installed; until then, and
 * when it could not be, it only warns: nobody at the till can mend that, and a bad release must
 * not close every shop.
 */
export function standingOf(
  { lease, since, latest }: KeptLease,
  now: Moment,
  isUpdateReady: boolean,
): BillingStanding {
  const age = Math.max(now, latest) - since
  const good = lease ? lease.until - lease.issued : LEASE_MS
  const state = lease?.state ?? 'ok'
  const { account = null, endsOn = null } = lease ?? {}
  const waits = state === 'update-required' && !isUpdateReady
  const warns = waits || isWarning(state)
  // What was forbidden stays so: time alone mends nothing.
  if (isForbidding(state) && !waits) {
    return { state, account, endsOn, forbids: true, warns: false, graceUntil: null }
  }
  if (age <= good) {
    return { state, account, endsOn, forbids: false, warns, graceUntil: null }
  }
  const graceUntil = since + good + GRACE_MS
  if (age > good + GRACE_MS) {
    return { state: 'unheard', account, endsOn, forbids: true, warns: false, graceUntil: null }
  }
  return { state, account, endsOn, forbids: false, warns, graceUntil }
}
