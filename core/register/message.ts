import type { Facts, HelpStep } from '../api/facts.ts'
import type { Means } from '../document/kinds.ts'
import type { Kopecks } from '../money.ts'
import { type CardPart, hasOtherSum } from './card-part.ts'
import { drawerEffect } from './ledger.ts'
import type { Operation, State } from './operation.ts'
import { isGivenUp, isUnproved, verbsNow } from './standing.ts'

/** What the cashier is told of a state, as a code and facts; `step` in them is what helps. */
export type OperationMessage = { code: string; facts: Facts }

/** What is told of a state (manual §1.1, §3); null when nothing is amiss. */
export function messageOf(
  operation: Operation,
  discrepancy: Kopecks | null,
): OperationMessage | null {
  const { state, kind } = operation
  const message = (code: string, step: HelpStep): OperationMessage => ({
    code,
    facts: { kind, step },
  })
  switch (state.is) {
    case 'warned': {
      const { reason: said, until: at } = state
      return { code: 'shift.warned', facts: { kind, said, at, step: 'wait-window' } }
    }
    case 'waiting':
      return message('sko.lost', 'connect-sko')
    case 'asking':
      return message('operation.asking', 'wait-seconds')
    case 'red':
      return redMessage(operation, discrepancy)
    case 'reversing':
      return reversingMessage(operation, state.held)
    case 'failed':
      return failedMessage(operation, state)
    case 'registered':
      if (state.proof === 'unproved') return message('operation.unproved', 'will-be-checked')
      if (state.proof === 'attested') {
        const { code, facts } = message('operation.attested', 'document-to-come')
        return { code, facts: { ...facts, ...staffFacts(operation) } }
      }
      return state.proof === 'disproved' ? message('operation.disproved', 'correct') : null
    case 'intended':
    case 'cancelled':
      return null
    default:
      return state satisfies never
  }
}

type Failed = Extract<State, { is: 'failed' }>

function failedMessage(operation: Operation, state: Failed): OperationMessage {
  const step = stepAfter(operation, state.code)
  return { code: state.code, facts: { ...failureFacts(operation, state), step } }
}

/** What the words of a failure speak of. */
function failureFacts(operation: Operation, { code, facts }: Failed): Facts {
  const isDoubtful = code === 'operation.denied' && isUnproved(operation)
  const said = code === 'operation.denied' && staffFacts(operation)
  return {
    kind: operation.kind,
    ...facts,
    ...(isDoubtful && { reason: 'unproved' as const }),
    ...said,
  }
}

/** Who of the operator's people decided (C2b). */
const staffFacts = ({ staff }: Operation): Facts => (staff ? { person: staff.by } : {})

function stepAfter(operation: Operation, code: string): HelpStep {
  const { kind } = operation
  if (isGivenUp(operation)) {
    const isChecked = code !== 'operation.denied' || !isUnproved(operation)
    return isChecked ? 'check-counters' : 'will-be-checked'
  }
  if (code === 'shift.blocked') return 'call-operator'
  if (code === 'bank.unreachable') return kind === 'sale' ? 'check-line-or-cash' : 'check-line'
  if (code === 'bank.never' || (code === 'card.late' && kind !== 'sale')) return 'again'
  if (!/^(bank|card)\./.test(code)) return 'remove-cause'
  switch (kind) {
    case 'annulment':
      return 'refund-instead'
    case 'refund':
      return 'call-bank'
    default:
      return 'other-card'
  }
}

function reversingMessage(operation: Operation, held: boolean): OperationMessage {
  const { kind } = operation
  if (held) {
    const step = kind === 'sale' ? 'money-later' : 'undoing-later'
    return { code: 'operation.held', facts: { kind, step } }
  }
  if (operation.card && hasOtherSum(operation.card)) {
    const facts = otherSumFacts(operation.card)
    return { code: 'bank.other-sum', facts: { kind, step: 'nothing-other-means', ...facts } }
  }
  // R4: the device never got it, so the person gave it up.
  const wasGivenUp = operation.authorisation === 'approved' && operation.reached === 'no'
  const step = wasGivenUp ? 'nothing-check-counters' : 'nothing'
  return { code: 'operation.reversing', facts: { kind, step } }
}

/** What was asked for, and what the bank told in its place. */
const otherSumFacts = ({ sum, approval }: CardPart): Facts => ({
  sum,
  told: approval?.sum ?? null,
})

/** S3.4, S3.9; R10: by the operation's own name, with or without a discrepancy of cash. */
function redMessage(operation: Operation, discrepancy: Kopecks | null): OperationMessage {
  const { kind } = operation
  const code = 'operation.red'
  if (verbsNow(operation).includes('cancelUnfinished')) {
    return { code, facts: { kind, reason: 'bank-unknown', step: 'ask-bank' } }
  }
  // R10: money that went through the bank does not show as cash, yet the manual's text is the same.
  const isCharged = operation.authorisation === 'approved'
  const isPlain = !isCharged && (discrepancy === null || discrepancy === 0)
  return isPlain
    ? { code, facts: { kind, step: 'ask-operator' } }
    : { code, facts: { kind, reason: 'discrepancy', step: 'ask-operator' } }
}

/** How an operation ended that a person has to read of. */
export const noticeCodes = [
  'registered',
  'failed',
  'undone',
  /** By a word of the operator's people (C2b). */
  'staff-registered',
  'staff-failed',
  /** A document is there: another one than was typed, or though it was said that there is none. */
  'adopted-otherwise',
  'adopted',
  'contradicted',
  /** The bank approved another sum than was asked for. */
  'other-sum',
  'unreversed',
] as const
export type NoticeCode = (typeof noticeCodes)[number]

/** A notice: green when nothing is left to do, red when something is. */
export type NoticeFacts = { tone: 'green' | 'amber' | 'red'; code: NoticeCode; facts: Facts }

/** How an operation ended without a person, or against her word (S3.2, S3.6); null: no notice. */
export function noticeOf(operation: Operation): NoticeFacts | null {
  const { notice, kind, sum, signed, claim, card } = operation
  const number = signed?.document.number ?? claim?.number
  switch (notice) {
    case null:
      return null
    case 'cleared':
      return clearedNotice(operation)
    case 'adopted':
      return {
        tone: 'amber',
        code: claim ? 'adopted-otherwise' : 'adopted',
        facts: { kind, sum, number, ...staffFacts(operation) },
      }
    case 'contradicted':
      return {
        tone: 'red',
        code: 'contradicted',
        facts: { kind, sum, means: wrongMeans(operation), ...staffFacts(operation) },
      }
    case 'other-sum': {
      const facts = card ? otherSumFacts(card) : {}
      return { tone: 'amber', code: 'other-sum', facts: { kind, ...facts } }
    }
    case 'unreversed':
      return { tone: 'red', code: 'unreversed', facts: { kind, sum, code: card?.reversal?.code } }
    default:
      return notice satisfies never
  }
}

/** What a confirmation that was wrong leaves to be put right: the card's money, the drawer's. */
const wrongMeans = (operation: Operation): Means[] => [
  ...(operation.card ? (['card'] as const) : []),
  ...(drawerEffect(operation) === 0 ? [] : (['cash'] as const)),
]

const CARD: Means[] = ['card']

function clearedNotice(operation: Operation): NoticeFacts {
  const { state, signed, kind, sum } = operation
  if (state.is === 'registered') {
    if (operation.staff && !signed) {
      const number = operation.claim?.number
      const facts = { kind, sum, number, ...staffFacts(operation) }
      return { tone: 'green', code: 'staff-registered', facts }
    }
    const facts = { kind, sum, by: state.by, number: signed?.document.number }
    return { tone: 'green', code: 'registered', facts }
  }
  if (operation.staff) {
    const isCharged = state.is !== 'failed'
    const facts = { kind, sum, ...staffFacts(operation), means: isCharged ? CARD : [] }
    return { tone: 'amber', code: 'staff-failed', facts }
  }
  if (state.is !== 'failed') return { tone: 'amber', code: 'undone', facts: { kind, sum } }
  const facts = { ...failureFacts(operation, state), sum, code: state.code }
  return { tone: 'amber', code: 'failed', facts }
}
