import type { Uid } from '../document/uid.ts'
import type { OperationId } from '../id.ts'
import type { FinancialKind } from '../iso8583/fields.ts'
import type { Kopecks } from '../money.ts'
import type { SignedHead } from '../operator/statement.ts'
import { movedOf } from '../register/card-part.ts'
import type { Operation } from '../register/operation.ts'
import { isUnproved } from '../register/standing.ts'
import type { Moment } from '../time.ts'

// What a till tells the office of its operations with a card, and what that comes to beside the
// bank's books: money and document never part, and where they did the owner reads it.

/** `open`: the till is still finding out, or undoing it. */
export const tillStates = ['open', 'registered', 'failed', 'cancelled'] as const
export type TillState = (typeof tillStates)[number]

/** A till's word on one operation, as it stands by now. */
export type TillWord = {
  operation: OperationId
  kind: FinancialKind
  /** When the bank was asked, and the receipt number that it was told. */
  at: Moment
  receipt: number
  /** What the document has on the card; what the bank moved, where there is none. */
  sum: Kopecks
  state: TillState
  /** Null: there is none, or not yet. */
  document: TillDocument | null
}
export type TillDocument = { device: string; number: number; uid: Uid; at: Moment }

/** A place in the till's journal and the hash that stands there: no other journal has both. */
export type JournalPlace = { seq: number; hash: string }

/** What a till reports: everything of its journal behind `after` up to `upTo`. */
export type TillReport = {
  says: 'report'
  serial: string
  unp: string
  /** Of the bank's terminal that it works with. */
  terminal: string
  /** What the office holds of this till's journal, by its own word; null: nothing. */
  after: JournalPlace | null
  upTo: JournalPlace | null
  words: readonly TillWord[]
  /** The operator's last acknowledgement of the device's documents; null: none is held. */
  stored: SignedHead | null
  at: Moment
}

/** No other signature of anybody's is over a text that begins like this. */
const DOMAIN = 'zpos-till-report-1'

/** The bytes that the till signs: every field at its place, so that no two reports share them. */
export function tillReportText(report: TillReport): string {
  const { says, serial, unp, terminal, after, upTo, words, stored, at } = report
  const told = words.map(({ operation, kind, at, receipt, sum, state, document }) => {
    const paper = document && [document.device, document.number, document.uid, document.at]
    return [operation, kind, at, receipt, sum, state, paper]
  })
  const place = (one: JournalPlace | null) => one && [one.seq, one.hash]
  const who = [DOMAIN, says, serial, unp, terminal]
  return JSON.stringify([who, place(after), place(upTo), told, stored?.signature ?? null, at])
}

/** What is told of an operation; null: nothing of it ever left for the bank. */
export function tillWordOf(operation: Operation): TillWord | null {
  const { id, card } = operation
  if (!card?.attempt) return null
  const state = stateOf(operation)
  const document = state === 'registered' ? documentOf(operation) : null
  const sum = state === 'registered' ? card.sum : movedOf(card)
  const { receipt, mark } = card.attempt
  return { operation: id, kind: card.kind, at: mark.at, receipt, sum, state, document }
}

function stateOf(operation: Operation): TillState {
  const { state } = operation
  switch (state.is) {
    case 'registered':
      // A person's word that proved wrong: there is no document.
      if (state.proof === 'disproved') return 'failed'
      return isUnproved(operation) ? 'open' : 'registered'
    case 'failed':
      return isUnproved(operation) ? 'open' : 'failed'
    case 'cancelled':
      return 'cancelled'
    case 'warned':
    case 'intended':
    case 'waiting':
    case 'asking':
    case 'red':
    case 'reversing':
      return 'open'
    default:
      return state satisfies never
  }
}

function documentOf({ signed }: Operation): TillDocument | null {
  if (!signed) return null
  const { issuer, number, at } = signed.document
  return { device: issuer.device, number, uid: signed.sealed.uid, at }
}

/** What the bank's books say of an operation. */
export type BankWord = {
  /** It was approved, and the bank still knows of it. */
  approved: boolean
  undone: boolean
  sum: Kopecks
}

/**
 * `unheard`: the till has not told yet; `no-document`: the bank holds money and there is no
 * document; `no-money`: there is a document and the bank holds none; `other-sum`: of another sum.
 */
export const agreements = [
  'unheard',
  'open',
  'agrees',
  'no-document',
  'no-money',
  'other-sum',
] as const
export type Agreement = (typeof agreements)[number]

/** What somebody has to look at. */
export const disagreements = ['no-document', 'no-money', 'other-sum'] as const
export type Disagreement = (typeof disagreements)[number]
export const isDisagreement = (of: Agreement): of is Disagreement =>
  disagreements.some((each) => each === of)

/** What the two come to; of a bank that tells of no such operation: null. */
export function agreementOf(
  bank: BankWord | null,
  till: Pick<TillWord, 'state' | 'sum'> | null,
): Agreement {
  if (!till) return 'unheard'
  const holds = bank?.approved === true && !bank.undone
  switch (till.state) {
    case 'open':
      return 'open'
    case 'registered':
      if (!holds) return 'no-money'
      return bank.sum === till.sum ? 'agrees' : 'other-sum'
    case 'failed':
    case 'cancelled':
      return holds ? 'no-document' : 'agrees'
    default:
      return till.state satisfies never
  }
}
