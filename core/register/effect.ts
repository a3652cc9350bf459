import type { Operation } from './operation.ts'

/** What must be done next for the operation; `rest` leaves it to a person or to nobody. */
export type Effect =
  | ('present' | 'authorise' | 'fiscalise' | 'askBank' | 'askDevice')
  /** In its own time: the reversal again and again, while other work goes on. */
  | ('reverse' | 'wait')
  | 'rest'

export function next({ state, card }: Operation): Effect {
  switch (state.is) {
    case 'warned':
      return 'wait'
    case 'intended':
      if (state.stage === 'fiscal') return 'fiscalise'
      return card?.attempt ? 'authorise' : 'present'
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
