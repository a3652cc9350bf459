// The steps by which a till gets another version of its programs (U2). Each stands on the disk
// before it is begun: whoever finds one after a kill or a power cut knows what may have been done.

/** Why a version was not installed; the one before is at work, with its data as they were. */
export const installFaults = [
  'unsigned',
  'not-newer',
  'wrong-archive',
  'no-room',
  'unhealthy',
  'interrupted',
  'failed',
] as const
export type InstallFault = (typeof installFaults)[number]

/**
 * `unpacking`: the archive is proved and laid beside the version at work. `trying`: the new version
 * is started on a copy of the data. `switching`: the point of no return, only forward from here.
 */
export type Installing =
  | { step: 'idle' }
  | { step: 'unpacking' | 'trying' | 'switching' | 'installed'; version: string }
  | { step: 'failed'; version: string; why: InstallFault }

export type InstallEvent =
  | { is: 'wanted'; version: string }
  | { is: 'done' }
  | { is: 'failed'; why: InstallFault }
  /** The process that was at work on it is gone, and another looks at what it left. */
  | { is: 'restarted' }

/** What a step becomes by an event; what is not in the table changes nothing. */
export function installing(state: Installing, event: InstallEvent): Installing {
  switch (state.step) {
    case 'idle':
    case 'installed':
    case 'failed':
      return event.is === 'wanted' ? { step: 'unpacking', version: event.version } : state
    case 'unpacking':
      return event.is === 'done' ? { step: 'trying', version: state.version } : back(state, event)
    case 'trying':
      return event.is === 'done'
        ? { step: 'switching', version: state.version }
        : back(state, event)
    case 'switching':
      return event.is === 'done' ? { step: 'installed', version: state.version } : state
    default:
      return state satisfies never
  }
}

/** Before the point of no return whatever goes wrong leaves the version of before. */
function back(state: Installing & { version: string }, event: InstallEvent): Installing {
  const { version } = state
  if (event.is === 'failed') return { step: 'failed', version, why: event.why }
  return event.is === 'restarted' ? { step: 'failed', version, why: 'interrupted' } : state
}

/** Somebody is at work on it, or was when the power went. */
export const isUnderWay = ({ step }: Installing): boolean =>
  step === 'unpacking' || step === 'trying' || step === 'switching'
