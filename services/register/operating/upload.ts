import { type UploadFacts, type UploadTrouble, uploadTrouble } from '#core/register/upload.ts'
import type { Clock } from '#services/runtime/clock.ts'
import type { Internet } from '../links/internet.ts'
import type { OperatorLink } from '../links/operator.ts'
import { type DeviceWatch, unsentOf } from './device.ts'

/** What others answered, and since when, by time elapsed, all was sound. */
type Asked = Pick<UploadFacts, 'internet' | 'operator'> & { soundSince: number | null }

export type UploadWatch = ReturnType<typeof openUploadWatch>

const LOOK_MS = 2000

/** Why documents do not reach the operator: asked only while some do not (S5.1, S5.3). */
export function openUploadWatch(ports: {
  device: DeviceWatch
  operator: OperatorLink
  internet: Internet
  clock: Clock
  changed: () => void
}) {
  const { device, operator, internet, clock, changed } = ports
  let asked: Asked | null = null
  const troubleWith = ({ soundSince, ...answers }: Asked): UploadTrouble | null => {
    const known = device.known()
    if (!known) return null
    const { oldestUnsentAt: oldestAt, uploadFault: fault } = known
    const soundMs = soundSince === null ? null : clock.elapsed() - soundSince
    const unsent = unsentOf(known)
    return uploadTrouble({ ...answers, soundMs, unsent, oldestAt, fault, now: clock.now() })
  }
  const trouble = () => asked && troubleWith(asked)
  // Against what the pages were told, not against a moment ago: time alone changes it too.
  let told = JSON.stringify(null)
  return {
    trouble,
    /** One look; answers how long to rest before the next. */
    step: async (): Promise<number> => {
      // Nobody is asked while nothing is amiss.
      const isAmiss = troubleWith(asked ?? unasked) !== null
      asked = isAmiss ? await look(asked) : null
      const present = JSON.stringify(trouble())
      if (present !== told) changed()
      told = present
      return LOOK_MS
    },
  }

  async function look(before: Asked | null): Promise<Asked> {
    const [reached, answers] = await Promise.all([internet(), operator.answers()])
    const isSound = reached !== false && answers
    const soundSince = isSound ? (before?.soundSince ?? clock.elapsed()) : null
    return { internet: reached, operator: answers, soundSince }
  }
}

const unasked = { internet: null, operator: true, soundSince: null }
