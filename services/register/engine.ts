import { type Effect, type Event, next, type Operation } from '#core/register/operation.ts'
import type { DeviceWatch } from './device.ts'
import type { SkoLink, Verdict } from './links/sko.ts'
import type { RegisterStore } from './store.ts'

export type EnginePorts = {
  store: RegisterStore
  sko: SkoLink
  device: DeviceWatch
  rest: (ms: number) => Promise<void>
  /** «Автоматическое уточнение операций» is on (S3.2). */
  clearing: () => boolean
  /** A step of this operation was taken. */
  changed: (id: string) => void
}

export type Engine = ReturnType<typeof openEngine>

// How often a device that answers nothing useful is asked again before the receipt turns red.
const ASK_TIMES = 4
const ASK_REST_MS = 250

/**
 * Drives operations: asks the machine what to do, does it through a link, writes what was heard.
 * The intent is already on disk when it starts; after a crash `recover` is all there is to do.
 */
export function openEngine(ports: EnginePorts) {
  const { store, device, clearing, changed } = ports
  const running = new Map<string, Promise<void>>()

  const hear = (id: string, event: Event): Operation | null => {
    const after = store.hear(id, event)
    if (after) {
      device.note(after)
      changed(id)
    }
    return after
  }
  const run = async (id: string): Promise<void> => {
    for (;;) {
      const operation = store.operation(id)
      const effect = operation ? next(operation) : 'rest'
      if (!operation || effect === 'rest') return
      if (!hear(id, await perform(ports, effect, operation))) return
    }
  }
  /** Drives an operation until it rests; the same operation is never driven twice at once. */
  const drive = (id: string): Promise<void> => {
    const known = running.get(id)
    if (known) return known
    const driven = run(id).finally(() => running.delete(id))
    running.set(id, driven)
    return driven
  }
  return {
    drive,
    hear,
    /** Something is under way; asked again after each wait, since others may wait as well. */
    busy: () => running.size > 0,
    settled: () => Promise.all(running.values()),
    /** After a start: the answer of an unanswered operation was lost with the process. */
    recover: async (): Promise<void> => {
      for (const { id, state } of store.open()) {
        if (state.is === 'intended') hear(id, { type: 'restarted' })
      }
      await Promise.all(store.open().map(({ id }) => drive(id)))
    },
    /** Clears red receipts by itself as soon as the device can tell. */
    clearRed: async (): Promise<void> => {
      if (!clearing()) return
      for (const { id, state } of store.open()) {
        if (state.is !== 'red') continue
        const { verdict, event } = await clear(ports, id)
        if (!event || (verdict !== 'done' && verdict !== 'never')) continue
        hear(id, event)
        await drive(id)
      }
    },
  }
}

async function perform(
  ports: EnginePorts,
  effect: Exclude<Effect, 'rest'>,
  operation: Operation,
): Promise<Event> {
  switch (effect) {
    case 'fiscalise':
      return ports.sko.fiscalise(operation)
    case 'askDevice':
      return askDevice(ports, operation.id)
    case 'authorise':
    case 'askBank':
    case 'reverse':
      throw new Error(`${effect}: the register has no card terminal yet`)
    default:
      return effect satisfies never
  }
}

async function askDevice(ports: EnginePorts, id: string): Promise<Event> {
  for (let left = ASK_TIMES; left > 0; left -= 1) {
    const { event } = await clear(ports, id)
    if (event) return event
    await ports.rest(ASK_REST_MS)
  }
  return { type: 'told', by: 'sko', verdict: 'silent' }
}

/** Asks, and gives the operation up where the device has nothing and clearing may decide (R1). */
async function clear(
  { sko, clearing }: EnginePorts,
  id: string,
): Promise<{ verdict: Verdict['verdict']; event: Event | null }> {
  const asked = await sko.outcome(id)
  const heard = asked.verdict === 'none' && clearing() ? await sko.abandon(id) : asked
  return { verdict: heard.verdict, event: readTold(heard, clearing()) }
}

/** Null: nothing that decides was said; it is worth asking again. */
function readTold(heard: Verdict, clearing: boolean): Event | null {
  switch (heard.verdict) {
    case 'done':
      return { type: 'told', by: 'sko', verdict: 'done', signed: heard.signed }
    case 'never':
      return { type: 'told', by: 'sko', verdict: 'never', clearing }
    case 'away':
      return { type: 'told', by: 'sko', verdict: 'away' }
    case 'none':
      // With clearing off nobody may decide for the person: the receipt turns red (R5).
      return clearing ? null : { type: 'told', by: 'sko', verdict: 'silent' }
    case 'busy':
    case 'silent':
      return null
    default:
      return heard satisfies never
  }
}
