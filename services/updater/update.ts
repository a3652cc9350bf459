import type { UpdaterState, WantedUpdate } from '#core/api/update-files.ts'
import {
  type InstallEvent,
  type InstallFault,
  installing,
  isUnderWay,
} from '#core/updating/installing.ts'

/** What is done to the disk, each durable when it is over. */
export type Hands = {
  state: () => UpdaterState
  keep: (state: UpdaterState) => void
  wanted: () => WantedUpdate | null
  /** Proves the archive and lays it beside the version at work. */
  unpack: (wanted: WantedUpdate) => Promise<InstallFault | null>
  /** Starts the version on a copy of the data. */
  tried: (version: string) => Promise<InstallFault | null>
  /** The point of no return: at one stroke this is the version that runs. */
  switchTo: (version: string) => void
  /** Removes what was left behind, but for the version at work. */
  clear: () => void
}

/**
 * Carries out what is wanted, or ends what was cut short; the register is not at work meanwhile.
 * Each step is on the disk before it is begun. Fails where the disk takes nothing.
 */
export async function update(hands: Hands): Promise<UpdaterState> {
  let state = hands.state()
  const move = (event: InstallEvent): void => {
    state = { request: state.request, installing: installing(state.installing, event) }
    hands.keep(state)
  }
  if (isUnderWay(state.installing)) move({ is: 'restarted' })
  const wanted = hands.wanted()
  if (wanted && wanted.request !== state.request && !isUnderWay(state.installing)) {
    state = { request: wanted.request, installing: state.installing }
    move({ is: 'wanted', version: wanted.version })
  }
  while (isUnderWay(state.installing)) {
    const why = await step(hands, state, wanted)
    move(why === null ? { is: 'done' } : { is: 'failed', why })
  }
  hands.clear()
  return state
}

async function step(
  hands: Hands,
  { installing: at }: UpdaterState,
  wanted: WantedUpdate | null,
): Promise<InstallFault | null> {
  switch (at.step) {
    case 'unpacking':
      return wanted === null ? 'failed' : hands.unpack(wanted)
    case 'trying':
      return hands.tried(at.version)
    case 'switching':
      hands.switchTo(at.version)
      return null
    case 'idle':
    case 'installed':
    case 'failed':
      return null
    default:
      return at satisfies never
  }
}
