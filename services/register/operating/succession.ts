import type { DeviceIdentity, Replacement } from '#core/register/replacement.ts'
import type { Clock } from '#services/runtime/clock.ts'
import type { Log } from '#services/runtime/log.ts'
import type { OperatorLink, Succession } from '../links/operator.ts'
import type { RegisterStore } from '../memory/store.ts'
import type { DeviceWatch } from './device.ts'
import type { Engine } from './engine.ts'

export type SuccessionWatch = ReturnType<typeof openSuccession>

/** How the till comes to work with another device. */
export type Succeeding = {
  /** The secret that the till and the device share; null: there is none between the two. */
  secretOf: (successor: Omit<Replacement, 'former'>) => string | null
  /** The journal has it: whatever is bound to the former device begins anew. */
  succeed: () => void
}

const ASK_EVERY_MS = 60_000
// A device that is away may be broken, and somebody at the cabinet about to replace it.
const ASK_SOON_MS = 3000
const LOOK_MS = 1000
// A body of the operator's takes 200 documents.
const MOST_CARRIED = 100

/**
 * Looks whether the operator has retired the device, and goes on with the one in its place. While
 * the device is away its documents that the till holds are carried to the operator, so that the
 * seal stands behind all that anybody can prove.
 */
export function openSuccession(ports: {
  own: DeviceIdentity
  store: RegisterStore
  engine: Engine
  device: DeviceWatch
  operator: OperatorLink
  clock: Clock
  succeeding: Succeeding
  changed: () => void
  log: Log
}) {
  const { own, store, engine, device, operator, clock, succeeding, changed, log } = ports
  let askedAt: number | null = null
  let retired = false
  /** The operator holds no fewer than so many; null: nothing was heard of it since the start. */
  let held: number | null = null

  const carry = async (): Promise<void> => {
    const holds = held ?? (await operator.holds())
    if (holds === null) return
    const documents = store.sealedFrom(own.serial, holds + 1, MOST_CARRIED)
    held = holds
    if (documents.length === 0) return
    const numbered = documents.map((sealed, i) => Object.assign({ number: holds + 1 + i }, sealed))
    held = await operator.carry(numbered)
    if (held !== null) log.info('documents carried', { device: own.serial, until: held })
  }
  const isAway = () => device.away()
  const isRejected = () => device.known()?.uploadFault === 'rejected: device.retired'
  const isDue = () => {
    const waitMs = isAway() || isRejected() || retired ? ASK_SOON_MS : ASK_EVERY_MS
    return askedAt === null || clock.elapsed() - askedAt >= waitMs
  }
  const goOn = async ({ proof, pairing }: Succession): Promise<void> => {
    const { successor } = proof.statement
    if (!successor) return
    const { unp, registerNumber } = own
    const { device: serial, publicKey } = successor
    const next = { device: { serial, unp, registerNumber, publicKey }, proof, pairing }
    if (succeeding.secretOf(next) === null) {
      log.error('the device in place shares no secret with this till', { serial })
      return
    }
    while (engine.busy()) await engine.settled()
    store.replace(Object.assign({ former: own }, next))
    log.info('device replaced', { former: own.serial, serial, sealed: proof.statement.number })
    succeeding.succeed()
  }
  return {
    /** Nothing is made fiscal any more by the device of this moment. */
    retired: () => retired,
    /** One look; answers how long to rest before the next. */
    step: async (): Promise<number> => {
      if (!isDue()) return LOOK_MS
      askedAt = clock.elapsed()
      if (isAway()) await carry()
      else held = null
      const heard = await operator.succession()
      if (heard === null) return LOOK_MS
      if (retired !== (heard.is === 'retired')) {
        retired = heard.is === 'retired'
        changed()
      }
      if (heard.is === 'retired') await goOn(heard)
      return LOOK_MS
    },
  }
}
