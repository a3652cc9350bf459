import type { Notice, OperationView } from '#core/api/register.ts'
import type { CardDayView } from '#core/api/register-cards.ts'
import type { CardDay, Movement } from '#core/card/business-day.ts'
import type { Kopecks } from '#core/money.ts'
import { add, ZERO } from '#core/money.ts'
import { messageOf, noticeOf } from '#core/register/message.ts'
import type { Operation } from '#core/register/operation.ts'
import { verbsNow } from '#core/register/standing.ts'
import { briefOf } from '../memory/brief.ts'
import type { Listed } from '../memory/reading.ts'
import type { RegisterStore } from '../memory/store.ts'

type Surroundings = {
  /** The operator's head; null: nobody told. */
  stored: number | null
  discrepancy: Kopecks | null
  /** Until when the reader waits for this operation's card. */
  waits: number | null
  /** Its refunds and annulments. */
  undone: readonly Operation[]
}

/** An operation as its page shows it. */
export function viewOf(listed: Listed, around: Surroundings): OperationView {
  const { stored, discrepancy, waits, undone } = around
  const { operation, printedAt } = listed
  const brief = briefOf(operation)
  if (operation.kind === 'correction') {
    const facts = { paid: null, fiscalised: null, stored: null, printed: printedAt }
    const nothing = { document: null, undone: null, card: null, message: null, notice: null }
    const reasons: OperationView['reasons'] = []
    const { cash, skoCash } = operation
    return {
      ...brief,
      ...nothing,
      reasons,
      correction: { cash, skoCash },
      change: ZERO,
      facts,
      may: [],
      expected: null,
    }
  }
  const document = operation.signed?.document ?? null
  return {
    ...brief,
    document,
    undone: undoneView(undone),
    reasons: [...(operation.reasons ?? [])],
    correction: null,
    change: document?.settlement.change ?? ZERO,
    card: cardView(operation, waits),
    facts: {
      paid: operation.card?.approval?.at ?? null,
      fiscalised: document?.at ?? null,
      stored: document && stored !== null ? document.number <= stored : null,
      printed: printedAt,
    },
    may: verbsNow(operation),
    expected: operation.guessed ? null : operation.expected,
    message: messageOf(operation, discrepancy),
    notice: noticeView(operation),
  }
}

function undoneView(undone: readonly Operation[]): OperationView['undone'] {
  const made = undone.filter(({ signed }) => signed !== null)
  if (made.length === 0) return null
  const annulment = made.find(({ kind }) => kind === 'annulment')
  return {
    sum: add(...made.map(({ sum }) => sum)),
    annulment: annulment?.signed?.document.number ?? null,
  }
}

function cardView({ card, state }: Operation, waits: number | null): OperationView['card'] {
  if (!card) return null
  const { sum, attempt, approval } = card
  const isGoingOn = state.is === 'intended' || state.is === 'asking'
  const isAsked = isGoingOn && state.stage === 'authorisation' && attempt !== null
  return {
    sum,
    waits,
    isAsked,
    masked: attempt?.masked ?? null,
    rrn: approval?.rrn ?? null,
    auth: approval?.auth ?? null,
    code: approval?.code ?? null,
  }
}

/** A business day, each difference with what the register itself holds of the operation. */
export const cardDayView = (
  { differences, ...day }: CardDay,
  { cardIdentity }: Pick<RegisterStore, 'cardIdentity'>,
): CardDayView => ({
  ...day,
  differences:
    differences?.map(({ operation, reversal, bank, terminal, rrn = null }) => {
      const own = cardIdentity(operation) ?? { at: null, masked: null, rrn: null, number: null }
      const sides = { bank: bookedAs(bank), terminal: bookedAs(terminal), reversal }
      return { ...own, ...sides, operation, rrn: own.rrn ?? rrn }
    }) ?? null,
})

const bookedAs = (movement: Movement | null) =>
  movement && { kind: movement.kind, sum: movement.sum }

/** The notice that nobody has read yet. */
export function noticeView(operation: Operation): Notice | null {
  const notice = noticeOf(operation)
  return notice && { id: operation.id, ...notice }
}
