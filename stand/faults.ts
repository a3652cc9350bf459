import { join } from 'node:path'
import { z } from 'zod'
import { declineCode } from '#core/api/acquirer.ts'
import { done, type Invalid, invalid } from '#core/api/contract.ts'
import { parseJson } from '#core/api/json.ts'
import {
  type CountName,
  countName,
  type Faults,
  type FaultWish,
  type SwitchName,
  switchName,
} from '#core/api/stand.ts'
import { type BillingState, billingStates } from '#core/billing/state.ts'
import { HOUR, SECOND } from '#core/time.ts'
import { readWhole, writeWhole } from '#services/runtime/durable-file.ts'
import type { PulledDevice } from './pulled-device.ts'

const record = z.object({
  on: z.array(switchName),
  /** How many commands each fault will still strike. */
  left: z.object({
    'sko.answer-lost': z.int(),
    'sko.request-lost': z.int(),
    'bank.answer-lost': z.int().default(0),
    'bank.request-lost': z.int().default(0),
  }),
  decline: z
    .object({
      code: declineCode.nullable(),
      /** The bank has heard of it: from then on the bank alone knows whether it was given. */
      told: z.boolean(),
    })
    .default({ code: null, told: true })
    // A code that is none any more is taken back, and the other faults stay.
    .catch({ code: null, told: false }),
  billing: z
    .object({
      state: z.enum(billingStates),
      /** The office's data were arranged to it. */
      told: z.boolean(),
    })
    // A shop begins in good order.
    .default({ state: 'ok', told: false }),
  /** Offset of the clock at the last reset. */
  clockFrom: z.int(),
})
type Kept = z.output<typeof record>

const noFaults: Kept = {
  on: [],
  left: {
    'sko.answer-lost': 0,
    'sko.request-lost': 0,
    'bank.answer-lost': 0,
    'bank.request-lost': 0,
  },
  decline: { code: null, told: true },
  billing: { state: 'ok', told: false },
  clockFrom: 0,
}

/** A clock further ahead than this would only test the calendar. */
const MOST_AHEAD = 100 * 366 * 24 * HOUR

export const clockOffsetPath = (data: string): string => join(data, 'stand', 'clock-offset')

/**
 * The faults as they are set, kept on disk: a stand that comes back has them all, but for commands
 * already struck. `changed` is told after each change; it acts them out.
 */
export function openFaults(data: string, ports: { device: PulledDevice; changed: () => void }) {
  const { device, changed } = ports
  const store = openKept(join(data, 'stand', 'faults.json'))
  const { now, keep } = store
  let offset = Number(readWhole(clockOffsetPath(data))) || 0

  const isOn = (name: SwitchName): boolean =>
    name === 'sko.unplugged' ? device.isPulledOut() : now().on.includes(name)
  const turn = (name: SwitchName, on: boolean) => {
    if (name !== 'sko.unplugged') {
      const others = now().on.filter((each) => each !== name)
      keep({ on: on ? [...others, name] : others })
    } else if (on) device.pullOut()
    else device.plugIn()
  }
  const advance = (ms: number) => {
    offset += ms
    writeWhole(clockOffsetPath(data), String(offset))
  }
  return {
    isOn,
    bodies: (): Faults => bodiesOf(now(), { isOn, ahead: Math.max(0, offset - now().clockFrom) }),
    /** Sets one fault; an answer other than `done` changed nothing. */
    set: (wish: FaultWish): { kind: 'done'; value: null } | Invalid => {
      const {
        name,
        on = false,
        count = 0,
        code = null,
        state = 'ok',
        advanceHours = 0,
        advanceSeconds = 0,
      } = wish
      const ms = Math.round(advanceHours * HOUR + advanceSeconds * SECOND)
      if (offset + ms > MOST_AHEAD) {
        const field = advanceHours > 0 ? 'advanceHours' : 'advanceSeconds'
        return invalid(field, 'too-far-ahead')
      }
      if (name === 'clock') advance(ms)
      else if (name === 'bank.decline') keep({ decline: { code, told: false } })
      else if (name === 'billing.state') keep({ billing: { state, told: false } })
      else if (isCount(name)) keep({ left: { ...now().left, [name]: count } })
      else turn(name, on)
      changed()
      return done(null)
    },
    /** Time that was reached stays (decision 0011); the count of what was added begins anew. */
    reset: (): void => {
      device.plugIn()
      const { code, told } = now().decline
      const decline = { code: null, told: told && code === null }
      const { billing } = now()
      const mended = billing.state === 'ok' ? billing : noFaults.billing
      keep({ ...noFaults, decline, billing: mended, clockFrom: offset })
      changed()
    },
    ...spending(store, changed),
  }
}

type Store = ReturnType<typeof openKept>

function openKept(path: string) {
  let kept = record.safeParse(parseJson(readWhole(path) ?? '')).data ?? noFaults
  return {
    now: (): Kept => kept,
    keep: (change: Partial<Kept>): void => {
      const changed = { ...kept, ...change }
      writeWhole(path, JSON.stringify(changed))
      kept = changed
    },
  }
}

/** What is used up by commands that come by. */
const spending = ({ now, keep }: Store, changed: () => void) => ({
  /** True when the fault strikes this time. It is struck off on disk before it acts. */
  spend: (name: CountName): boolean => {
    const { left } = now()
    if (left[name] === 0) return false
    try {
      keep({ left: { ...left, [name]: left[name] - 1 } })
    } catch {
      // No room to strike it off: it would strike again and again.
      return false
    }
    changed()
    return true
  },
  /** The code of the next purchase as the stand knows it; another object after each change. */
  decline: () => now().decline,
  /** How it is to stand with billing; another object after each change. */
  billing: () => now().billing,
  /** The office's data are arranged to it. */
  billingIs: (state: BillingState): void => {
    keep({ billing: { state, told: true } })
    changed()
  },
  /** The bank has said what it will decline the next purchase with. */
  declineIs: (code: string | null): void => {
    const { decline } = now()
    if (decline.told && decline.code === code) return
    keep({ decline: { code, told: true } })
    changed()
  },
})

export type OpenFaults = ReturnType<typeof openFaults>

const isCount = (name: string): name is CountName => countName.safeParse(name).success

function bodiesOf(
  { left, decline, billing }: Kept,
  { isOn, ahead }: { isOn: (name: SwitchName) => boolean; ahead: number },
): Faults {
  const switched = (name: SwitchName) => ({ on: isOn(name) })
  const advanceSeconds = (ahead % HOUR) / SECOND
  return {
    'sko.unplugged': switched('sko.unplugged'),
    'sko.answer-lost': { count: left['sko.answer-lost'] },
    'sko.request-lost': { count: left['sko.request-lost'] },
    'internet.down': switched('internet.down'),
    'operator.down': switched('operator.down'),
    'billing.down': switched('billing.down'),
    'bank.answer-lost': { count: left['bank.answer-lost'] },
    'bank.request-lost': { count: left['bank.request-lost'] },
    'bank.decline': { code: decline.code },
    'billing.state': { state: billing.state },
    'printer.no-paper': switched('printer.no-paper'),
    clock: {
      advanceHours: Math.floor(ahead / HOUR),
      ...(advanceSeconds > 0 && { advanceSeconds }),
    },
  }
}
