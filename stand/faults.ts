import { join } from 'node:path'
import { z } from 'zod'
import { done, type Invalid } from '#core/api/contract.ts'
import { parseJson } from '#core/api/json.ts'
import {
  type CountName,
  countName,
  type Faults,
  type FaultWish,
  type SwitchName,
  switchName,
} from '#core/api/stand.ts'
import { HOUR, SECOND } from '#core/time.ts'
import { readWhole, writeWhole } from './durable-file.ts'
import type { PulledDevice } from './pulled-device.ts'

const record = z.object({
  on: z.array(switchName),
  /** How many commands each fault will still strike. */
  left: z.object({ 'sko.answer-lost': z.int(), 'sko.request-lost': z.int() }),
  /** Offset of the clock at the last reset. */
  clockFrom: z.int(),
})
type Kept = z.output<typeof record>

const noFaults: Kept = {
  on: [],
  left: { 'sko.answer-lost': 0, 'sko.request-lost': 0 },
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
  const path = join(data, 'stand', 'faults.json')
  let kept = record.safeParse(parseJson(readWhole(path) ?? '')).data ?? noFaults
  let offset = Number(readWhole(clockOffsetPath(data))) || 0

  const keep = (next: Kept) => {
    kept = next
    writeWhole(path, JSON.stringify(kept))
  }
  const isOn = (name: SwitchName): boolean =>
    name === 'sko.unplugged' ? device.isPulledOut() : kept.on.includes(name)
  const turn = (name: SwitchName, on: boolean) => {
    if (name !== 'sko.unplugged') {
      const others = kept.on.filter((each) => each !== name)
      keep({ ...kept, on: on ? [...others, name] : others })
    } else if (on) device.pullOut()
    else device.plugIn()
  }
  const advance = (ms: number) => {
    offset += ms
    writeWhole(clockOffsetPath(data), String(offset))
  }
  return {
    isOn,
    bodies: (): Faults => bodiesOf(kept, { isOn, ahead: Math.max(0, offset - kept.clockFrom) }),
    /** Sets one fault; an answer other than `done` changed nothing. */
    set: (wish: FaultWish): { kind: 'done'; value: null } | Invalid => {
      const { name, on = false, count = 0, advanceHours = 0, advanceSeconds = 0 } = wish
      const ms = Math.round(advanceHours * HOUR + advanceSeconds * SECOND)
      if (offset + ms > MOST_AHEAD) {
        const field = advanceHours > 0 ? 'advanceHours' : 'advanceSeconds'
        return { kind: 'invalid', field, message: 'часы ушли бы вперёд больше чем на сто лет' }
      }
      if (name === 'clock') advance(ms)
      else if (isCount(name)) keep({ ...kept, left: { ...kept.left, [name]: count } })
      else turn(name, on)
      changed()
      return done(null)
    },
    /** Time that was reached stays (decision 0011); the count of what was added begins anew. */
    reset: (): void => {
      device.plugIn()
      keep({ ...noFaults, clockFrom: offset })
      changed()
    },
    /** True when the fault strikes this time. It is struck off on disk before it acts. */
    spend: (name: CountName): boolean => {
      const left = kept.left[name]
      if (left === 0) return false
      keep({ ...kept, left: { ...kept.left, [name]: left - 1 } })
      changed()
      return true
    },
  }
}

export type OpenFaults = ReturnType<typeof openFaults>

const isCount = (name: string): name is CountName => countName.safeParse(name).success

function bodiesOf(
  { left }: Kept,
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
    'printer.no-paper': switched('printer.no-paper'),
    clock: {
      advanceHours: Math.floor(ahead / HOUR),
      ...(advanceSeconds > 0 && { advanceSeconds }),
    },
  }
}
