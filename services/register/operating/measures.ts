import { type Measure, standingMeasures } from '#core/operator/measure.ts'
import type { Clock } from '#services/runtime/clock.ts'
import type { OperatorLink } from '../links/operator.ts'
import type { RegisterStore } from '../memory/store.ts'

export type MeasureWatch = ReturnType<typeof openMeasureWatch>

const ASK_EVERY_MS = 60_000
const LOOK_MS = 1000

/**
 * What the operator has laid on the register: asked at the start, at each opening, once a minute.
 * The last word believed is on disk and decides while nobody answers, dates ahead included: a cut
 * line is no way around a block.
 */
export function openMeasureWatch(ports: {
  store: RegisterStore
  operator: OperatorLink
  clock: Clock
  changed: () => void
}) {
  const { store, operator, clock, changed } = ports
  const known = (): Measure[] => store.measures()
  // Questions by their order: the answer to an older one never replaces that to a newer one.
  let questions = 0
  let heard = 0
  let askedAt: number | null = null
  const ask = async (): Promise<void> => {
    const question = ++questions
    askedAt = clock.elapsed()
    const proof = await operator.measures()
    if (!proof || question < heard) return
    heard = question
    if (isSame(proof.statement.measures, known())) return
    store.keepMeasures(proof)
    changed()
  }
  // Dates come while nothing else happens: against what the pages were told.
  let told = ''
  return {
    known,
    ask,
    /** One look; answers how long to rest before the next. */
    step: async (): Promise<number> => {
      if (askedAt === null || clock.elapsed() - askedAt >= ASK_EVERY_MS) await ask()
      const present = JSON.stringify(standingMeasures(known(), clock.now()))
      if (present !== told && told !== '') changed()
      told = present
      return LOOK_MS
    },
  }
}

const isSame = (one: readonly Measure[], other: readonly Measure[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other)
