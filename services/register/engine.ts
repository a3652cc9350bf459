import { type Effect, type Event, isOpen, next, type Operation } from '#core/register/operation.ts'
import type { DeviceState, SkoLink, Verdict } from './links/sko.ts'
import type { RegisterStore } from './store.ts'

export type EnginePorts = {
  store: RegisterStore
  sko: SkoLink
  rest: (ms: number) => Promise<void>
  /** «Автоматическое уточнение операций» is on (S3.2). */
  clearing: () => boolean
  /** Something of this operation, or of the device's state (null), has changed. */
  changed: (id: string | null) => void
}

export type Engine = ReturnType<typeof openEngine>

// How often a device that answers nothing useful is asked again before the receipt turns red.
const ASK_TIMES = 4
const ASK_REST_MS = 250

/**
 * Drives operations: asks the machine what to do, does it through a link, writes what was heard.
 * The intent is already on disk when it starts; after a crash `recover` is all there is to do.
 */
export function openEngine({ store, sko, rest, clearing, changed }: EnginePorts) {
  const running = new Map<string, Promise<void>>()
  let device: DeviceState | null = null
  let away = false

  const hear = (id: string, event: Event) => {
    const after = store.hear(id, event)
    if (after) {
      noteDocument(after)
      changed(id)
    }
    return after
  }
  /** The answer to a command is the freshest news of the device: nothing needs to be asked again. */
  const noteDocument = ({ signed, state }: Operation) => {
    if (state.is === 'waiting') away = true
    if (!signed) return
    const { number, cash, shift, kind, at, issuer } = signed.document
    if (device && number < device.nextNumber) return
    away = false
    device = {
      nextNumber: number + 1,
      cash,
      acknowledged: device?.acknowledged ?? 0,
      oldestUnsentAt: device?.oldestUnsentAt ?? at,
      shift: kind === 'shift-closing' ? null : shift,
      uploadFault: device?.uploadFault ?? null,
      issuer,
    }
  }

  const perform = async (effect: Exclude<Effect, 'rest'>, operation: Operation): Promise<Event> => {
    switch (effect) {
      case 'fiscalise':
        return sko.fiscalise(operation)
      case 'askDevice':
        return askDevice(operation)
      case 'authorise':
      case 'askBank':
      case 'reverse':
        throw new Error(`${effect}: the register has no card terminal yet`)
      default:
        return effect satisfies never
    }
  }

  const askDevice = async ({ id }: Operation): Promise<Event> => {
    for (let left = ASK_TIMES; left > 0; left -= 1) {
      const event = readTold(await clear(id), clearing())
      if (event) return event
      await rest(ASK_REST_MS)
    }
    return { type: 'told', by: 'sko', verdict: 'silent' }
  }
  /** Asks, and gives the operation up where the device has nothing and clearing may decide (R1). */
  const clear = async (id: string): Promise<Verdict> => {
    const heard = await sko.outcome(id)
    return heard.verdict === 'none' && clearing() ? sko.abandon(id) : heard
  }

  const run = async (id: string): Promise<void> => {
    for (;;) {
      const operation = store.operation(id)
      if (!operation) return
      const effect = next(operation)
      if (effect === 'rest') return
      if (!hear(id, await perform(effect, operation))) return
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
    /** Waits for operations under way: the next one is judged by what they came to. */
    settled: () => Promise.all(running.values()),
    device: () => device,
    away: () => away,
    /** What an unanswered operation comes to after a start: its answer was lost with the process. */
    recover: async (): Promise<void> => {
      for (const operation of store.open()) {
        if (operation.state.is === 'intended') hear(operation.id, { type: 'restarted' })
      }
      await Promise.all(store.open().map(({ id }) => drive(id)))
    },
    /** Clears red receipts by itself as soon as the device can tell. */
    clearRed: async (): Promise<void> => {
      if (!clearing()) return
      for (const { id, state } of store.open()) {
        if (state.is !== 'red') continue
        const event = readTold(await clear(id), true)
        if (
          event &&
          event.type === 'told' &&
          (event.verdict === 'done' || event.verdict === 'never')
        ) {
          hear(id, event)
          await drive(id)
        }
      }
    },
    /** Asks the device for its state. An answer older than what a document told is dropped. */
    refresh: async (): Promise<DeviceState | null> => {
      const open = store.open().some(isOpen)
      const fresh = await sko.state()
      const before = JSON.stringify([device, away])
      away = fresh === null
      if (fresh && !open && fresh.nextNumber >= (device?.nextNumber ?? 0)) device = fresh
      if (JSON.stringify([device, away]) !== before) changed(null)
      return fresh
    },
  }
}

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
