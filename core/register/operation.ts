import type { FiscalDocument, Sealed } from '../document/document.ts'
import type { Kind } from '../document/kinds.ts'
import type { Payment } from '../document/totals.ts'
import type { OperationId } from '../id.ts'
import type { Kopecks } from '../money.ts'
import type { Command } from '../sko/device.ts'

// The one machine of sale, refund, annulment, deposit, withdrawal, shift opening and closing (R3).
// Every arrow is an event in the journal; nothing here knows how an event came about.

/** Money is authorised by the bank before the СКО makes it fiscal. */
export type Stage = 'authorisation' | 'fiscal'

export type State =
  /** Written before the wire. */
  | { is: 'intended'; stage: Stage }
  /** The device cannot be reached: dialog S1.1. `maybe`: the command may have got there (R4). */
  | { is: 'waiting'; reached: 'no' | 'maybe' }
  /** The answer was lost; the other side is asked what became of the operation. */
  | { is: 'asking'; stage: Stage }
  /** Nobody could tell yet: «красный чек». `never`: the device has proved there is no document. */
  | { is: 'red'; stage: Stage; never: boolean }
  /** The bank must undo its part. `held`: not before somebody proves there is no document (R6). */
  | { is: 'reversing'; held: boolean }
  | { is: 'registered'; by: Source; verified: boolean }
  | { is: 'failed'; code: string; why: string; verified: boolean }
  | { is: 'cancelled' }
export type StateName = State['is']

/** Who said how an operation ended. */
export type Source = 'sko' | 'operator' | 'bank' | 'person'

export type Signed = { sealed: Sealed; document: FiscalDocument }

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
  sum: Kopecks
  payments: Payment[]
  /** The operation that a refund or an annulment undoes. */
  of: OperationId | null
  /** Fingerprint of the request: the same id with another request is refused. */
  request: string
  authorisation: 'none' | 'unknown' | 'approved' | 'declined'
  /** Whether the fiscal command may have reached the device. */
  reached: 'no' | 'maybe'
  state: State
  signed: Signed | null
}

export type Event =
  /** The device answered, or did not. `unsent`: provably never reached it. */
  | { type: 'device'; outcome: 'done'; signed: Signed }
  | { type: 'device'; outcome: 'refused'; code: string; why: string }
  | { type: 'device'; outcome: 'unsent' | 'unknown' }
  /** The bank answered an authorisation, or did not. */
  | { type: 'bank'; outcome: 'approved' | 'unsent' | 'unknown' }
  | { type: 'bank'; outcome: 'declined'; code: string; why: string }
  /** The register started and found the operation unanswered. */
  | { type: 'restarted' }
  /** Somebody was asked what became of it. `silent`: cannot tell, `away`: not reachable. */
  | { type: 'told'; by: Source; verdict: 'done'; signed: Signed }
  | { type: 'told'; by: Source; verdict: 'never'; clearing: boolean }
  | { type: 'told'; by: Source; verdict: 'approved' | 'silent' | 'away' }
  /** What a person pressed. */
  | { type: 'continued'; person: string }
  | { type: 'gaveUp'; person: string }
  | { type: 'confirmed'; person: string; signed: Signed; verified: boolean }
  | { type: 'denied'; person: string; verified: boolean }
  | { type: 'cancelledUnfinished'; person: string }
  /** The bank acknowledged the reversal. */
  | { type: 'reversed' }
export type EventType = Event['type']

type Arrow<E extends EventType> = (
  operation: Operation,
  event: Extract<Event, { type: E }>,
) => Operation | null
type Row = { [E in EventType]?: Arrow<E> }

const go = (operation: Operation, state: State): Operation => ({ ...operation, state })

const register = (
  operation: Operation,
  signed: Signed,
  how: { by: Source; verified: boolean },
) => ({
  ...go(operation, { is: 'registered', ...how }),
  // The document stands for the command from here on; the journal keeps what was sent.
  bytes: '',
  signed,
})

/** There is no document: a card that was charged gets its money back, cash simply never moved. */
const withoutDocument = (
  operation: Operation,
  { code, why, verified }: { code: string; why: string; verified: boolean },
) =>
  operation.authorisation === 'approved' || operation.authorisation === 'unknown'
    ? go(operation, { is: 'reversing', held: !verified })
    : go(operation, { is: 'failed', code, why, verified })

const NEVER = {
  code: 'operation.never',
  why: 'СКО подтвердило, что документа нет',
  verified: true,
}

const heardDevice: Arrow<'device'> = (operation, event) => {
  if (!isIntended(operation, 'fiscal')) return null
  switch (event.outcome) {
    case 'done':
      return register(operation, event.signed, { by: 'sko', verified: true })
    case 'refused':
      return withoutDocument(operation, { code: event.code, why: event.why, verified: true })
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
      return go({ ...operation, authorisation: 'approved' }, { is: 'intended', stage: 'fiscal' })
    case 'declined': {
      const { code, why } = event
      return go({ ...operation, authorisation: 'declined' }, failed(code, why))
    }
    case 'unsent':
      return go(operation, failed('bank.unreachable', 'Банк недоступен, карта не списана'))
    case 'unknown':
      return go(
        { ...operation, authorisation: 'unknown' },
        { is: 'asking', stage: 'authorisation' },
      )
    default:
      return event satisfies never
  }
}

const failed = (code: string, why: string): State => ({ is: 'failed', code, why, verified: true })

const told: Arrow<'told'> = (operation, event) => {
  const { state } = operation
  if (state.is !== 'asking' && state.is !== 'red') return null
  switch (event.verdict) {
    case 'done':
      // Before the bank's word no document was ever asked for, so that nobody can have one.
      if (state.stage === 'authorisation') return null
      return register(operation, event.signed, { by: event.by, verified: true })
    case 'approved':
      if (state.stage === 'fiscal') return null
      return go({ ...operation, authorisation: 'approved' }, { is: 'intended', stage: 'fiscal' })
    case 'never':
      return toldNever(operation, event.clearing, state.stage)
    case 'away':
      return state.is === 'asking' && state.stage === 'fiscal'
        ? go(operation, { is: 'waiting', reached: operation.reached })
        : go(operation, { is: 'red', stage: state.stage, never: false })
    case 'silent':
      return go(operation, {
        is: 'red',
        stage: state.stage,
        never: state.is === 'red' && state.never,
      })
    default:
      return event satisfies never
  }
}

/** R5: with clearing switched off, an approved card without a document waits for a person. */
function toldNever(operation: Operation, clearing: boolean, stage: Stage): Operation {
  if (stage === 'authorisation') {
    const state = failed('bank.never', 'Банк подтвердил, что карта не списана')
    return go({ ...operation, authorisation: 'declined' }, state)
  }
  return operation.authorisation === 'approved' && !clearing
    ? go(operation, { is: 'red', stage, never: true })
    : withoutDocument(operation, NEVER)
}

/** A document proved after it had been given up is adopted: the device never forgets it (R6). */
const adopt: Arrow<'told'> = (operation, event) =>
  event.verdict === 'done' && operation.authorisation !== 'declined'
    ? register(operation, event.signed, { by: event.by, verified: true })
    : null

/** The table: what each state makes of each event. What is not here changes nothing. */
const table: Record<StateName, Row> = {
  intended: {
    device: heardDevice,
    bank: heardBank,
    restarted: (operation) => {
      const stage = operation.state.is === 'intended' ? operation.state.stage : 'fiscal'
      const known = stage === 'fiscal' ? {} : { authorisation: 'unknown' as const }
      return go({ ...operation, ...known, reached: 'maybe' }, { is: 'asking', stage })
    },
  },
  waiting: {
    continued: (operation) => go(operation, { is: 'intended', stage: 'fiscal' }),
    gaveUp: (operation) =>
      operation.reached === 'no'
        ? withoutDocument(operation, {
            code: 'operation.given-up',
            why: 'Операция не выполнена: команда не дошла до СКО',
            verified: true,
          })
        : go(operation, { is: 'red', stage: 'fiscal', never: false }),
  },
  asking: { told },
  red: {
    told,
    confirmed: (operation, { signed, verified }) =>
      isRed(operation, 'fiscal') ? register(operation, signed, { by: 'person', verified }) : null,
    denied: (operation, { verified }) =>
      isRed(operation, 'fiscal')
        ? withoutDocument(operation, {
            code: 'operation.denied',
            why: 'Отмечена неуспешной по данным оператора',
            verified,
          })
        : null,
    cancelledUnfinished: (operation) => withoutDocument(operation, NEVER),
  },
  reversing: {
    told: (operation, event) => {
      if (event.verdict !== 'never') return adopt(operation, event)
      return go(operation, { is: 'reversing', held: false })
    },
    reversed: (operation) => go(operation, { is: 'cancelled' }),
  },
  registered: {},
  failed: { told: adopt },
  cancelled: {},
}

const isIntended = ({ state }: Operation, stage: Stage) =>
  state.is === 'intended' && state.stage === stage
const isRed = ({ state }: Operation, stage: Stage) => state.is === 'red' && state.stage === stage

/** What the operation becomes; null when the event means nothing in its present state. */
export function heard(operation: Operation, event: Event): Operation | null {
  const arrow = table[operation.state.is][event.type] as Arrow<EventType> | undefined
  return arrow ? arrow(operation, event as never) : null
}

/** What must be done next for the operation; `rest` leaves it to a person or to nobody. */
export type Effect = 'authorise' | 'fiscalise' | 'askBank' | 'askDevice' | 'reverse' | 'rest'

export function next({ state }: Operation): Effect {
  switch (state.is) {
    case 'intended':
      return state.stage === 'authorisation' ? 'authorise' : 'fiscalise'
    case 'asking':
      return state.stage === 'authorisation' ? 'askBank' : 'askDevice'
    case 'reversing':
      return state.held ? 'rest' : 'reverse'
    case 'waiting':
    case 'red':
    case 'registered':
    case 'failed':
    case 'cancelled':
      return 'rest'
    default:
      return state satisfies never
  }
}

/** Stops other fiscal work until it ends (gates of rulings.md, R8: a reversal does not). */
export const isOpen = ({ state }: Operation): boolean =>
  state.is === 'intended' || state.is === 'waiting' || state.is === 'asking' || state.is === 'red'

/** Stands in «Список чеков»: what came to nothing is kept in the journal alone (S3.7). */
export const isListed = ({ state }: Operation): boolean =>
  state.is !== 'failed' && state.is !== 'cancelled' && state.is !== 'reversing'

export type Verb = 'continue' | 'giveUp' | 'confirm' | 'deny' | 'cancelUnfinished'

/** What a person may do now: the same table for the server and for the buttons. */
export function may({ state, authorisation }: Operation): Verb[] {
  if (state.is === 'waiting') return ['continue', 'giveUp']
  if (state.is !== 'red') return []
  if (state.stage === 'authorisation') return ['cancelUnfinished']
  return state.never && authorisation === 'approved' ? ['cancelUnfinished'] : ['confirm', 'deny']
}

/** Ended because a person gave it up, not because somebody said no. */
export const isGivenUp = ({ state }: Operation): boolean =>
  state.is === 'failed' &&
  (state.code === 'operation.given-up' || state.code === 'operation.denied')
