import type { Operation, StateName } from './operation.ts'

// What follows from where an operation stands: for the gate, the list and the buttons.

/** Stops other fiscal work until it ends (gates of rulings.md, R8: a reversal does not). */
export const isOpen = ({ state }: Operation): boolean => openStates.has(state.is)

const openStates = new Set<StateName>(['warned', 'intended', 'waiting', 'asking', 'red'])

/** Stands in the list of receipts: what came to nothing is kept in the journal alone (S3.7). */
export const isListed = ({ state }: Operation): boolean =>
  state.is !== 'failed' && state.is !== 'cancelled' && state.is !== 'reversing'

/**
 * A word stands in it whose document nobody has shown, a person's or one that she brought from the
 * operator: somebody is asked until he does.
 */
export const isUnproved = ({ state }: Operation): boolean =>
  (state.is === 'registered' && state.proof === 'attested') ||
  ((state.is === 'registered' || state.is === 'failed') && state.proof === 'unproved') ||
  (state.is === 'reversing' && state.held)

/** A confirmation that was proved wrong: what the word entered is a discrepancy (S4.1). */
export const isDisproved = ({ state, claim, signed }: Operation): boolean =>
  (state.is === 'registered' && state.proof === 'disproved') ||
  (claim !== null && signed === null && (state.is === 'reversing' || state.is === 'cancelled'))

/** A refund's share of its sale: what provably never reached the device holds nothing. */
export const holdsShare = ({ state, reached }: Operation): boolean =>
  state.is === 'registered' || reached === 'maybe'

export type Verb = 'continue' | 'giveUp' | 'confirm' | 'deny' | 'cancelUnfinished' | 'answer'

/** What a person may do now: the same table for the server and for the buttons. */
export function verbsNow({ state, authorisation }: Operation): Verb[] {
  if (state.is === 'waiting') return ['continue', 'giveUp']
  if (state.is !== 'red') return []
  if (state.stage === 'authorisation') return ['cancelUnfinished']
  // C2b: the operator's answer speaks of documents, and so of what may have come to the device.
  return state.lacks && authorisation === 'approved'
    ? ['cancelUnfinished', 'answer']
    : ['confirm', 'deny', 'answer']
}

/** Ended because a person gave it up, not because somebody said no. */
export const isGivenUp = ({ state }: Operation): boolean =>
  state.is === 'failed' &&
  (state.code === 'operation.given-up' || state.code === 'operation.denied')
