import { DAY, HOUR, type Moment } from '../time.ts'

/** What the operator sees of a register, the worst first. */
export const registerStates = [
  'forked',
  'put-back',
  'blocked',
  'red',
  'late',
  'unsent',
  'warned',
  'silent',
  'working',
] as const
export type RegisterState = (typeof registerStates)[number]

/** A device that was not heard for so long is silent; a shop may rest over a night. */
export const SILENT_MS = DAY

/** A document that waits so long to be sent is worth a look; so long, and work soon stops. */
export const UNSENT_MS = HOUR
export const LATE_MS = 5 * DAY

/** A receipt that nobody has cleared up for so long waits for a person. */
export const RED_MS = HOUR

export type RegisterSigns = {
  /** The device signed documents that contradict those stored. */
  forked: boolean
  /** The operator's own store was put back: it acknowledged more than it holds (V3). */
  forgotten: boolean
  blocked: boolean
  warned: boolean
  /** When the device was last heard; null: never, or there is no device. */
  heardAt: Moment | null
  /** Since when its oldest unsent document waits, by its own report; null: none does. */
  oldestUnsentAt: Moment | null
  /** When its oldest red receipt was begun, by the till's own word; null: it has none. */
  redSince: Moment | null
}

/** All that holds of a register, the worst first; `working` stands alone. */
export function statesOf(signs: RegisterSigns, now: Moment): RegisterState[] {
  const holds: Record<Exclude<RegisterState, 'working'>, boolean> = {
    forked: signs.forked,
    'put-back': signs.forgotten,
    blocked: signs.blocked,
    red: signs.redSince !== null && signs.redSince < now - RED_MS,
    late: isWaiting(signs, now, LATE_MS),
    unsent: isWaiting(signs, now, UNSENT_MS),
    warned: signs.warned,
    silent: signs.heardAt === null || signs.heardAt < now - SILENT_MS,
  }
  const found = registerStates.filter((state) => state !== 'working' && holds[state])
  return found.length > 0 ? found : ['working']
}

const isWaiting = ({ oldestUnsentAt }: RegisterSigns, now: Moment, longMs: number): boolean =>
  oldestUnsentAt !== null && oldestUnsentAt < now - longMs
