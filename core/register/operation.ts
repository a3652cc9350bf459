import type { Facts } from '../api/facts.ts'
import type { FiscalDocument, Sealed } from '../document/document.ts'
import type { Kind } from '../document/kinds.ts'
import type { Payment } from '../document/totals.ts'
import type { Uid } from '../document/uid.ts'
import type { OperationId } from '../id.ts'
import type { Kopecks } from '../money.ts'
import type { StaffRef } from '../operator/statement.ts'
import type { Command } from '../sko/device.ts'
import type { Moment } from '../time.ts'
import { type BankApproval, type CardAttempt, type CardPart, hasOtherSum } from './card-part.ts'
import type { DiscountReason } from './discount.ts'

// The one machine of sale, refund, annulment, deposit, withdrawal, shift opening and closing (R3).
// Every arrow is an event in the journal; nothing here knows how an event came about.

/** Money is authorised by the bank before the device makes it fiscal. */
export type Stage = 'authorisation' | 'fiscal'

export type State =
  /** The operator's warning is read; nobody ends its window, which is up at `until` (S1.5, R17). */
  | { is: 'warned'; reason: string; until: Moment }
  /** Written before the wire. `itself`: at the end of that window the shift opens by itself. */
  | { is: 'intended'; stage: Stage; itself?: true }
  /** The device cannot be reached: dialog S1.1. `maybe`: the command may have got there (R4). */
  | { is: 'waiting'; reached: 'no' | 'maybe' }
  /** The answer was lost; the other side is asked what became of the operation. */
  | { is: 'asking'; stage: Stage }
  /** Nobody could tell yet: a red receipt. `lacks`: the device said it has nothing of it. */
  | { is: 'red'; stage: Stage; lacks: boolean }
  /** The bank must undo its part. `held`: not before somebody proves there is no document (R6). */
  | { is: 'reversing'; held: boolean }
  | { is: 'registered'; by: Source; proof: Proof }
  /** `facts`: what the code's words speak of (R25). */
  | { is: 'failed'; code: string; facts: Facts; proof: Proof }
  | { is: 'cancelled' }
export type StateName = State['is']

/** Who said how an operation ended. */
export type Source = 'sko' | 'operator' | 'bank' | 'person'

/**
 * `attested`: the operator's signed word, the document itself is still to come; `unproved`: a
 * person's word that nobody could check yet, `disproved`: it was wrong.
 */
export type Proof = 'proved' | 'attested' | 'unproved' | 'disproved'

export type Signed = { sealed: Sealed; document: FiscalDocument }

/** What a person typed of a document that the register has not seen (S3.4, R10). */
export type Claim = {
  number: number
  /** The moments that the typed date and time may mean, to the precision typed. */
  at: { from: Moment; until: Moment }
  uid: Uid
}

/**
 * What the others said when a person decided; null: they were not asked. `distrusted`: what
 * answered failed its check, and counts as silence (V1).
 */
export type Evidence = {
  device: 'done' | 'never' | 'lacks' | 'busy' | 'away' | 'silent' | 'distrusted'
  operator: 'done' | 'never' | 'cannot-tell' | 'silent' | 'distrusted' | null
  /** Unsent documents as last heard; null: never heard. */
  unsent: number | null
}

/**
 * What a person should read about an end that came about without her, or against her word:
 * `cleared` by the register itself, `adopted`: a document was proved that was held to be none, or
 * to be another; `contradicted`: it was confirmed and there is no document; `other-sum`: the
 * bank approved another sum than was asked for; `unreversed`: it refused to undo its part.
 */
export type NoticeKind = 'cleared' | 'adopted' | 'contradicted' | 'other-sum' | 'unreversed'

export type Operation = {
  id: OperationId
  kind: Kind
  cashier: string
  begunAt: number
  /** What is asked of the device: its exact bytes, so that a repeat is the same for ever. */
  command: Command
  bytes: string
  /** The number that the device is expected to give. */
  expected: number
  /** It follows from the register's memory alone, which may have been put back (R19). */
  guessed: boolean
  sum: Kopecks
  payments: Payment[]
  /** The operation that a refund or an annulment undoes. */
  of: OperationId | null
  /** Refund: which lines of the sale, from 0, its own lines bring back, one for one. */
  returns: readonly number[]
  /** Of the goods of its lines, in their order; lines of older versions tell none (N12). */
  groups?: readonly string[]
  /** Sale: why discounts were given; lines of older versions tell none (N10). */
  reasons?: readonly DiscountReason[]
  /** Sale: places of the lines whose marked unit somebody knew to be sold already. */
  resold?: readonly number[]
  /** Fingerprint of the request: the same id with another request is refused. */
  request: string
  /** Whose rights let it pass where the cashier's own ended; null: nobody's were needed. */
  grant: string | null
  /** What goes through the bank; null: nothing does. */
  card: CardPart | null
  /** It moves what was in the drawer when its device was replaced. */
  carried?: true
  authorisation: 'none' | 'unknown' | 'approved' | 'declined'
  /** Whether the fiscal command may have reached the device. */
  reached: 'no' | 'maybe'
  state: State
  signed: Signed | null
  /** What a person said the document is, where she confirmed it. */
  claim: Claim | null
  /** Of the operator's people, whose word ended it (C2b); missing: nobody's did. */
  staff?: StaffRef
  /** Stays until somebody says that it was read. */
  notice: NoticeKind | null
}

export type Event =
  /** The window of the warning is up; `blocked`: why no shift may open by now, null: it may. */
  | { type: 'windowUp'; blocked: string | null }
  /** The device answered, or did not. `unsent`: provably never reached it. */
  | { type: 'device'; outcome: 'done'; signed: Signed }
  | { type: 'device'; outcome: 'refused'; code: string; facts: Facts }
  | { type: 'device'; outcome: 'unsent' | 'unknown' }
  /** A card was read, or needs not be; its attempt and its reversal are on disk from here on. */
  | { type: 'presented'; attempt: CardAttempt }
  /** No card was read, and nothing has left for the bank. */
  | { type: 'dismissed'; why: 'cancelled' | 'late' | 'no-reader'; person: string | null }
  /** The bank answered an authorisation, or did not. */
  | { type: 'bank'; outcome: 'approved'; approval: BankApproval }
  | { type: 'bank'; outcome: 'unsent' | 'unknown' }
  | { type: 'bank'; outcome: 'declined'; code: string }
  /** The operation was found unanswered: at a start, or because what came was never written. */
  | { type: 'restarted' }
  /** Somebody was asked what became of it. `silent`: cannot tell, `away`: not reachable. */
  | { type: 'told'; by: Source; verdict: 'done'; signed: Signed }
  | { type: 'told'; by: Source; verdict: 'never'; undone?: Undone }
  | { type: 'told'; by: Source; verdict: 'silent' | 'away' }
  | { type: 'told'; by: Source; verdict: 'approved'; approval: BankApproval }
  | { type: 'told'; by: Source; verdict: 'declined'; code: string }
  /** The bank has never seen it: its reversal is sent, so that it never will (R21). */
  | { type: 'fencing' }
  /** Clearing is switched off: whatever was found out, a person decides (R5). */
  | { type: 'left'; lacks: boolean }
  /** What a person pressed, and what it was judged by; `signed`: one of them has the document. */
  | { type: 'continued'; person: string }
  | { type: 'gaveUp'; person: string }
  | Confirmed
  | Denied
  | { type: 'cancelledUnfinished'; person: string; proof: 'proved' | 'unproved' }
  /** The notice was read. */
  | { type: 'acknowledged'; person: string }
  /**
   * The bank's final word on the reversal; `day`: its business day, null: nothing was undone.
   * `approval`: what it had approved without having been heard; its books hold that as well.
   */
  | Reversed
/**
 * `answer`: the operator's, as a person brought it (C2b); it is kept in its digits. `staff`: it is
 * a word of the operator's people; `itself`: which the register heard by itself.
 */
type Word = {
  person: string
  evidence: Evidence
  answer?: string
  staff?: StaffRef
  itself?: true
}
type Confirmed = { type: 'confirmed'; claim: Claim; signed: Signed | null } & Word
type Denied = { type: 'denied'; proof: 'proved' | 'unproved' } & Word
export type Reversed = {
  type: 'reversed'
  done: boolean
  day: number | null
  code: string
  approval?: BankApproval
}
/**
 * What the bank had approved and undone before its answer was ever heard: both stand in its
 * business days, and the register counts them too.
 */
export type Undone = { approval: BankApproval; day: number }
export type EventType = Event['type']

type Arrow<E extends EventType> = (
  operation: Operation,
  event: Extract<Event, { type: E }>,
) => Operation | null
type Row = { [E in EventType]?: Arrow<E> }

const go = (operation: Operation, state: State): Operation => ({ ...operation, state })

const register = (operation: Operation, signed: Signed, by: Source): Operation => ({
  ...go(operation, { is: 'registered', by, proof: 'proved' }),
  // The document stands for the command from here on; the journal keeps what was sent.
  bytes: '',
  signed,
})

type Ending = { code: string; facts: Facts; proof: 'proved' | 'unproved'; held?: boolean }

/** The bank has moved money for it, or may have. */
const hasCharge = ({ authorisation }: Operation): boolean =>
  authorisation === 'approved' || authorisation === 'unknown'

/** There is no document: a card that was charged gets its money back, cash simply never moved. */
const withoutDocument = (operation: Operation, { code, facts, proof, held }: Ending): Operation =>
  hasCharge(operation)
    ? go(operation, { is: 'reversing', held: held ?? proof === 'unproved' })
    : go(operation, { is: 'failed', code, facts, proof })

const never = (by: Source): Ending => ({
  code: 'operation.never',
  facts: { by },
  proof: 'proved',
})

const heardDevice: Arrow<'device'> = (operation, event) => {
  if (!isIntended(operation, 'fiscal')) return null
  switch (event.outcome) {
    case 'done':
      return register(operation, event.signed, 'sko')
    case 'refused':
      return withoutDocument(operation, { code: event.code, facts: event.facts, proof: 'proved' })
    case 'unsent':
      return go(operation, { is: 'waiting', reached: operation.reached })
    case 'unknown':
      return go({ ...operation, reached: 'maybe' }, { is: 'asking', stage: 'fiscal' })
    default:
      return event satisfies never
  }
}

const heardBank: Arrow<'bank'> = (operation, event) => {
  if (!isIntended(operation, 'authorisation')) return null
  switch (event.outcome) {
    case 'approved':
      return approved(operation, event.approval)
    case 'declined':
      return declined(operation, event)
    case 'unsent':
      return go(operation, failed('bank.unreachable'))
    case 'unknown':
      return go(
        { ...operation, authorisation: 'unknown' },
        { is: 'asking', stage: 'authorisation' },
      )
    default:
      return event satisfies never
  }
}

/** The sum that is told is the sum that moved: a document would be of another one. */
function approved(operation: Operation, approval: BankApproval): Operation {
  const card = operation.card && { ...operation.card, approval }
  const charged: Operation = { ...operation, authorisation: 'approved', card }
  return card && hasOtherSum(card)
    ? { ...go(charged, { is: 'reversing', held: false }), notice: 'other-sum' }
    : go(charged, { is: 'intended', stage: 'fiscal' })
}

const declined = (operation: Operation, { code }: { code: string }): Operation =>
  go({ ...operation, authorisation: 'declined' }, failed(`bank.${code}`))

const failed = (code: string): Extract<State, { is: 'failed' }> => ({
  is: 'failed',
  code,
  facts: {},
  proof: 'proved',
})

const told: Arrow<'told'> = (operation, event) => {
  const { state } = operation
  if (state.is !== 'asking' && state.is !== 'red') return null
  switch (event.verdict) {
    case 'done':
      // Before the bank's word no document was ever asked for, so that nobody can have one.
      if (state.stage === 'authorisation') return null
      return { ...register(operation, event.signed, event.by), notice: 'cleared' }
    case 'approved':
      // A reversal that was sent may come to the bank after this word.
      if (state.stage === 'fiscal' || operation.card?.fencing) return null
      return approved(operation, event.approval)
    case 'declined':
      return state.stage === 'fiscal'
        ? null
        : { ...declined(operation, event), notice: 'cleared' as const }
    case 'never':
      return { ...toldNever(operation, event, state.stage), notice: 'cleared' }
    case 'away':
      return state.is === 'asking' && state.stage === 'fiscal'
        ? go(operation, { is: 'waiting', reached: operation.reached })
        : go(operation, { is: 'red', stage: state.stage, lacks: false })
    case 'silent':
      return go(operation, {
        is: 'red',
        stage: state.stage,
        lacks: state.is === 'red' && state.lacks,
      })
    default:
      return event satisfies never
  }
}

function toldNever(
  operation: Operation,
  { by, undone }: { by: Source; undone?: Undone },
  stage: Stage,
): Operation {
  if (stage === 'fiscal') return withoutDocument(operation, never(by))
  const state = failed('bank.never')
  const reversal = undone && { done: true, day: undone.day, code: '400' }
  const card = operation.card && {
    ...operation.card,
    ...(undone && reversal && { approval: undone.approval, reversal }),
  }
  return go({ ...operation, card, authorisation: 'declined' }, state)
}

const fencing: Arrow<'fencing'> = (operation) => {
  const { state, card } = operation
  const isAsked = (state.is === 'asking' || state.is === 'red') && state.stage === 'authorisation'
  return isAsked && card && !card.fencing
    ? { ...operation, card: { ...card, fencing: true } }
    : null
}

const left: Arrow<'left'> = (operation, { lacks }) =>
  operation.state.is === 'asking' ||
  (operation.state.is === 'red' && operation.state.lacks !== lacks)
    ? go(operation, { is: 'red', stage: operation.state.stage, lacks })
    : null

/** A document proved after it had been given up is adopted: the device never forgets it (R6). */
const adopt: Arrow<'told'> = (operation, event) =>
  event.verdict === 'done' && operation.authorisation !== 'declined'
    ? { ...register(operation, event.signed, event.by), notice: 'adopted' }
    : null

/** Somebody speaks at last of an operation that a person's word had registered. */
const checkConfirmed: Arrow<'told'> = (operation, event) => {
  const { state, claim } = operation
  if (state.is !== 'registered' || !claim) return null
  if (state.proof !== 'unproved' && state.proof !== 'attested') return null
  if (event.verdict === 'done') {
    const proved = register(operation, event.signed, state.by)
    return isClaimOf(claim, event.signed) ? proved : { ...proved, notice: 'adopted' }
  }
  if (event.verdict !== 'never') return null
  // A charge without a document goes back, whoever said what (R5); cash was moved by hand.
  const disproved = hasCharge(operation)
    ? go(operation, { is: 'reversing', held: false })
    : go(operation, { ...state, proof: 'disproved' })
  return { ...disproved, notice: 'contradicted' }
}

/** Somebody speaks at last of an operation that a person's word had failed. */
const checkDenied: Arrow<'told'> = (operation, event) => {
  const { state } = operation
  if (state.is !== 'failed' || event.verdict !== 'never') return adopt(operation, event)
  return state.proof === 'unproved' ? go(operation, { ...state, proof: 'proved' }) : null
}

/** The document is the very one that was typed. */
const isClaimOf = ({ number, at, uid }: Claim, { document, sealed }: Signed): boolean =>
  number === document.number &&
  uid === sealed.uid &&
  document.at >= at.from &&
  document.at < at.until

const confirmed: Arrow<'confirmed'> = (operation, { claim, signed, answer, ...word }) => {
  if (!isRed(operation, 'fiscal')) return null
  const said = { ...byStaff(operation, word), claim }
  if (signed) return register(said, signed, 'person')
  return answer === undefined
    ? go(said, { is: 'registered', by: 'person', proof: 'unproved' })
    : go(said, { is: 'registered', by: 'operator', proof: 'attested' })
}

/** Whose word it was stays with the operation; nobody at the till has read of it yet. */
const byStaff = (operation: Operation, { staff, itself }: Pick<Word, 'staff' | 'itself'>) =>
  staff ? { ...operation, staff, ...(itself && { notice: 'cleared' as const }) } : operation

const denied: Arrow<'denied'> = (operation, { proof, ...word }) =>
  isRed(operation, 'fiscal')
    ? withoutDocument(byStaff(operation, word), {
        code: 'operation.denied',
        facts: {},
        proof,
      })
    : null

/** `cancelUnfinished`: the bank undoes its part, once nobody can have a document. */
const cancelledUnfinished: Arrow<'cancelledUnfinished'> = (operation, { proof }) =>
  operation.state.is !== 'red'
    ? null
    : withoutDocument(operation, {
        ...never('sko'),
        proof: operation.state.stage === 'authorisation' ? 'proved' : proof,
      })

const presented: Arrow<'presented'> = (operation, { attempt }) =>
  isIntended(operation, 'authorisation') && operation.card && !operation.card.attempt
    ? { ...operation, card: { ...operation.card, attempt } }
    : null

const dismissed: Arrow<'dismissed'> = (operation, { why }) =>
  isIntended(operation, 'authorisation') && !operation.card?.attempt
    ? go(operation, failed(`card.${why}`))
    : null

/** What left may have been heard; what did not leave was not. */
const restarted: Arrow<'restarted'> = (operation) => {
  const { state } = operation
  const stage = state.is === 'intended' ? state.stage : 'fiscal'
  // S1.5: nobody presses anything again; the same bytes with the same id are sent once more (R1).
  if (state.is === 'intended' && state.itself) return { ...operation, reached: 'maybe' }
  if (stage === 'fiscal') return go({ ...operation, reached: 'maybe' }, { is: 'asking', stage })
  if (!operation.card?.attempt) {
    // A memory that was put back may have gone on from here before: the device is asked (R19).
    return go(operation, { ...failed('card.late'), proof: 'unproved' })
  }
  return go({ ...operation, authorisation: 'unknown' }, { is: 'asking', stage })
}

/** Nothing has left; a memory that was put back may have gone on before: the device is asked. */
const windowUp: Arrow<'windowUp'> = (operation, { blocked }) =>
  blocked === null
    ? go(operation, { is: 'intended', stage: 'fiscal', itself: true })
    : go(operation, { ...failed('shift.blocked'), facts: { said: blocked }, proof: 'unproved' })

/** The table: what each state makes of each event. What is not here changes nothing. */
const table: Record<StateName, Row> = {
  warned: { windowUp },
  intended: {
    device: heardDevice,
    bank: heardBank,
    presented,
    dismissed,
    restarted,
  },
  waiting: {
    // Its device was replaced: the operator's sealed chain tells.
    told: (operation, event) =>
      event.verdict === 'done' || event.verdict === 'never'
        ? told(go(operation, { is: 'asking', stage: 'fiscal' }), event)
        : null,
    continued: (operation) => go(operation, { is: 'intended', stage: 'fiscal' }),
    gaveUp: (operation) =>
      operation.reached === 'no'
        ? withoutDocument(operation, {
            code: 'operation.given-up',
            facts: {},
            // A copy of the command may still lie on the wire: the device must be told as well.
            proof: 'unproved',
            held: false,
          })
        : go(operation, { is: 'red', stage: 'fiscal', lacks: false }),
  },
  asking: { told, left, fencing },
  red: { told, left, fencing, confirmed, denied, cancelledUnfinished },
  reversing: {
    told: (operation, event) => {
      // Once the reversal may have left, money and document would part.
      if (operation.state.is !== 'reversing' || !operation.state.held) return null
      if (event.verdict !== 'never') return adopt(operation, event)
      return go(operation, { is: 'reversing', held: false })
    },
    reversed: (operation, { done, day, code, approval }) => ({
      ...go(operation, { is: 'cancelled' }),
      card: operation.card && {
        ...operation.card,
        approval: operation.card.approval ?? approval ?? null,
        reversal: { done, day, code },
      },
      notice: done ? operation.notice : 'unreversed',
    }),
  },
  registered: { told: checkConfirmed },
  failed: { told: checkDenied },
  cancelled: {},
}

const isIntended = ({ state }: Operation, stage: Stage) =>
  state.is === 'intended' && state.stage === stage
const isRed = ({ state }: Operation, stage: Stage) => state.is === 'red' && state.stage === stage

/** What the operation becomes; null when the event means nothing in its present state. */
export function heard(operation: Operation, event: Event): Operation | null {
  if (event.type === 'acknowledged') {
    return operation.notice === null ? null : { ...operation, notice: null }
  }
  const arrow = table[operation.state.is][event.type] as Arrow<EventType> | undefined
  return arrow ? arrow(operation, event as never) : null
}
