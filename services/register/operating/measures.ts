import type { RedReceipts } from '#core/operator/asking.ts'
import { type Measure, standingMeasures } from '#core/operator/measure.ts'
import { blockReason } from '#core/register/opening.ts'
import type { Operation } from '#core/register/operation.ts'
import type { Clock } from '#services/runtime/clock.ts'
import type { OperatorLink } from '../links/operator.ts'
import type { RegisterStore } from '../memory/store.ts'
import type { DeviceWatch } from './device.ts'

export type MeasureWatch = ReturnType<typeof openMeasureWatch>

const ASK_EVERY_MS = 60_000
// The device has heard of a block that the register does not know.
const ASK_SOON_MS = 5000
const LOOK_MS = 2000

/**
 * What the operator has laid on the register: asked at the start, at each opening, once a minute.
 * The last word believed is on disk and decides while nobody answers, dates ahead included: a cut
 * line is no way around a block.
 */
export function openMeasureWatch(ports: {
  store: RegisterStore
  operator: OperatorLink
  device: DeviceWatch
  clock: Clock
  changed: () => void
}) {
  const { store, operator, device, clock, changed } = ports
  const known = (): Measure[] => store.measures()
  // Questions by their order: the answer to an older one never replaces that to a newer one.
  let questions = 0
  let heard = 0
  let askedAt: number | null = null
  const ask = async (): Promise<void> => {
    const question = ++questions
    askedAt = clock.elapsed()
    const proof = await operator.measures(redIn(store.open()))
    if (!proof || question < heard) return
    heard = question
    if (isSame(proof.statement.measures, known())) return
    store.keepMeasures(proof)
    changed()
  }
  const isBlockNews = () =>
    device.known()?.uploadFault === 'rejected: register.blocked' &&
    blockReason(known(), clock.now()) === null
  const isDue = () =>
    askedAt === null || clock.elapsed() - askedAt >= (isBlockNews() ? ASK_SOON_MS : ASK_EVERY_MS)
  // Dates come while nothing else happens: against what the pages were told.
  let told = ''
  return {
    known,
    ask,
    /** One look; answers how long to rest before the next. */
    step: async (): Promise<number> => {
      if (isDue()) await ask()
      const present = JSON.stringify(standingMeasures(known(), clock.now()))
      if (present !== told && told !== '') changed()
      told = present
      return LOOK_MS
    },
  }
}

/** What nobody outside the till would know of: people look after a receipt that stays red. */
function redIn(open: readonly Operation[]): RedReceipts {
  const begun = open.flatMap(({ state, begunAt }) => (state.is === 'red' ? [begunAt] : []))
  return { red: begun.length, redSince: begun.length === 0 ? null : Math.min(...begun) }
}

const isSame = (one: readonly Measure[], other: readonly Measure[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other)
