import { blockReason, WARNING_WINDOW } from '#core/register/opening.ts'
import type { Clock } from '#services/runtime/clock.ts'
import type { RegisterStore } from '../memory/store.ts'
import type { Engine } from './engine.ts'
import type { MeasureWatch } from './measures.ts'

export type WarnedOpening = ReturnType<typeof openWarnedOpening>

const LOOK_MS = 1000
// Longer than the operator is waited for: at zero its answer is there, or there will be none.
const ASK_AHEAD_MS = 4000

/**
 * Ends the window of a warning (S1.5): at its deadline, which is on disk, the shift opens by
 * itself, after a death of the register too. A block that has come meanwhile lets none open.
 */
export function openWarnedOpening(ports: {
  store: RegisterStore
  engine: Engine
  measures: MeasureWatch
  clock: Clock
}) {
  const { store, engine, measures, clock } = ports
  /** The opening that this life of the process waits for, since when, and what was asked for it. */
  let waits = { id: '', since: 0, asked: false }
  return {
    /** One look; answers how long to rest before the next. */
    step: async (): Promise<number> => {
      const operation = store.open().find(({ state }) => state.is === 'warned')
      if (operation?.state.is !== 'warned') return LOOK_MS
      const { id } = operation
      const { until } = operation.state
      if (waits.id !== id) waits = { id, since: clock.elapsed(), asked: false }
      // R33: the deadline is a date. A clock put back holds the till no longer than the window is.
      const left = () =>
        Math.min(until - clock.now(), waits.since + WARNING_WINDOW - clock.elapsed())
      if (!waits.asked && left() <= ASK_AHEAD_MS) {
        waits.asked = true
        await measures.ask()
      }
      if (left() > 0) return Math.min(left(), LOOK_MS)
      engine.hear(id, { type: 'windowUp', blocked: blockReason(measures.known(), clock.now()) })
      await engine.drive(id)
      return LOOK_MS
    },
  }
}
