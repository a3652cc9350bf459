import { type Kopecks, kopecks, negate, ZERO } from '../money.ts'
import type { Moment } from '../time.ts'
import { type Kind, kinds } from './kinds.ts'
import type { ShiftCounters } from './report.ts'
import type { Line, Payment, Settlement, VatGroup } from './totals.ts'
import { registerNumberIn, type Uid, uidOf } from './uid.ts'

/** Who issued a document: printed on every paper and known to the operator. */
export type Issuer = {
  company: string
  unp: string
  place: string
  address: string
  /** Register number, nine digits. */
  registerNumber: number
  /** Serial number of the device. */
  device: string
}

/** The document that a refund or an annulment is about. */
export type Basis = { number: number; uid: Uid }

/** What a device signs. The keys' order is that of the canonical bytes: append, never reorder. */
export type FiscalDocument = {
  v: 1
  issuer: Issuer
  number: number
  shift: number
  kind: Kind
  at: Moment
  cashier: string
  currency: 'BYN'
  /** The register's operation; null for documents of foreign clients, who have no such id. */
  operation: string | null
  lines: Line[]
  /** Of the whole receipt. */
  discount: Kopecks
  markup: Kopecks
  payments: Payment[]
  settlement: Settlement
  sum: Kopecks
  vat: VatGroup[]
  basis: Basis | null
  /** Cash in the device's drawer after this document. */
  cash: Kopecks
  /** The shift's counters as sealed by its closing; null in every other document. */
  report: ShiftCounters | null
  /** Hash of the device's previous document; 64 zeros before the first. */
  previous: string
}

export type Sealed = {
  body: string
  hash: string
  uid: Uid
  /** Suite and base64 of the signature over the body's bytes. */
  signature: string
}

export const GENESIS = '0'.repeat(64)
export const SUITE = 'ed25519'

export type Hash = (text: string) => string
export type Sign = (text: string) => string
export type Verify = (text: string, signature: string) => boolean

/** Signs a document. `hash` gives lower-case hex of SHA-256, `sign` base64 (R24: arguments). */
export function seal(document: FiscalDocument, { hash, sign }: { hash: Hash; sign: Sign }): Sealed {
  const body = JSON.stringify(document)
  const digest = hash(body)
  return {
    body,
    hash: digest,
    uid: uidOf(digest, document.issuer.registerNumber),
    signature: `${SUITE}:${sign(body)}`,
  }
}

/**
 * Body, hash, uid and signature belong together, and the device's key made them. Whether the uid
 * names the right register is for the caller to compare: see `uidOf`.
 */
export function isSealed(
  sealed: Sealed,
  { hash, verify }: { hash: Hash; verify: Verify },
): boolean {
  const [suite, signature = '', ...rest] = sealed.signature.split(':')
  return (
    suite === SUITE &&
    rest.length === 0 &&
    hash(sealed.body) === sealed.hash &&
    uidOf(sealed.hash, registerNumberIn(sealed.uid)) === sealed.uid &&
    verify(sealed.body, signature)
  )
}

/** What the document does to the cash of the drawer: change never stays in it. */
export function cashEffect(kind: Kind, settlement: Settlement): Kopecks {
  const cash = kopecks(settlement.cash - settlement.change)
  switch (kinds[kind].drawer) {
    case 1:
      return cash
    case -1:
      return negate(cash)
    case 0:
      return ZERO
  }
}
