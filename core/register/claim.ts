import type { Facts, Reason } from '../api/facts.ts'
import type { FieldFault } from '../api/field-fault.ts'
import type { FiscalDocument } from '../document/document.ts'
import { parseUid, registerNumberIn } from '../document/uid.ts'
import { MINUTE, parseTypedMoment } from '../time.ts'
import type { Claim, Operation, Signed } from './operation.ts'

/** The form of a red receipt as it was filled in (S3.4, R10). */
export type Typed = { number: string; at: string; uid: string }
export type ClaimField = keyof Typed
/** A field that says nothing at all. */
export type Unreadable = { field: ClaimField; fault: FieldFault }
/** Which field cannot be right, and why. */
export type WrongClaim = { field: ClaimField; reason: Reason; facts?: Facts }

/** Reads the form; what cannot be read at all names its field. */
export function readClaim({ number, at, uid }: Typed): Claim | Unreadable {
  const value = /^\s*\d{1,9}\s*$/.test(number) ? Number(number) : 0
  if (value < 1) return { field: 'number', fault: 'receipt-number' }
  const moment = parseTypedMoment(at)
  if (!moment) return { field: 'at', fault: 'receipt-moment' }
  const parsed = parseUid(uid)
  if (!parsed) return { field: 'uid', fault: 'receipt-uid' }
  return { number: value, at: moment, uid: parsed }
}

/**
 * Compares the claim with the operation's proved document. A claim that is off in its uid and in
 * something else speaks of another document: that is told under the uid, with what the document is.
 */
export function contradiction(
  { number, at, uid }: Claim,
  { document, sealed }: Signed,
  named: FiscalDocument | null,
): WrongClaim | null {
  const isUid = uid === sealed.uid
  const isNumber = number === document.number
  const isMoment = document.at >= at.from && document.at < at.until
  if (!isUid && (!isNumber || !isMoment)) {
    return named
      ? { field: 'uid', reason: 'other-document', facts: factsOf(named) }
      : { field: 'uid', reason: 'other-uid' }
  }
  if (!isNumber) {
    return { field: 'number', reason: 'other-number', facts: { number: document.number } }
  }
  if (!isMoment) return { field: 'at', reason: 'other-moment', facts: { at: document.at } }
  return isUid ? null : { field: 'uid', reason: 'other-uid' }
}

/** What a document is called by. */
export const factsOf = ({ kind, number, sum }: FiscalDocument): Facts => ({ kind, number, sum })

/** What a claim is held against while neither device nor operator answers. */
export type Own = {
  now: number
  registerNumber: number | null
  /** The register's own document under the typed number, under the typed uid. */
  byNumber: FiscalDocument | null
  byUid: FiscalDocument | null
}

// The device's clock and the till's may stand a little apart.
const SKEW = 5 * MINUTE

/** What the register knows by itself suffices to tell that the claim is wrong. */
export function impossible(
  { expected, begunAt }: Operation,
  { number, at, uid }: Claim,
  own: Own,
): WrongClaim | null {
  if (own.byUid) return { field: 'uid', reason: 'known-uid', facts: factsOf(own.byUid) }
  if (own.registerNumber !== null && registerNumberIn(uid) !== own.registerNumber) {
    return { field: 'uid', reason: 'other-register' }
  }
  if (own.byNumber) {
    return { field: 'number', reason: 'known-number', facts: factsOf(own.byNumber) }
  }
  if (number < expected) return { field: 'number', reason: 'too-low', facts: { expected } }
  if (at.until <= begunAt - SKEW) {
    return { field: 'at', reason: 'begun-later', facts: { at: begunAt } }
  }
  return at.from > own.now + SKEW ? { field: 'at', reason: 'not-yet-come' } : null
}
