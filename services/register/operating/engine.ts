import { type Effect, next } from '#core/register/effect.ts'
import type { Event, Operation } from '#core/register/operation.ts'
import type { SkoLink } from '../links/sko.ts'
import type { RegisterStore } from '../memory/store.ts'
import type { DeviceWatch } from './device.ts'
import { leftWith, settleVerdict, toldBy } from './inquiry.ts'
import type { CardTerminal } from './terminal.ts'

export type EnginePorts = {
  store: RegisterStore
  sko: SkoLink
  terminal: CardTerminal
  device: DeviceWatch
  rest: (ms: number) => Promise<void>
  /** Operations are cleared up without a person (S3.2). */
  clearing: () => boolean
  /** A step of this operation was taken. */
  changed: (id: string) => void
}

export type Engine = ReturnType<typeof openEngine>

// How often a device that answers nothing useful is asked again before the receipt turns red.
const ASK_TIMES = 4
const ASK_REST_MS = 250
// A page of a list is short work, and a bank may be long: a list waits no longer than is noticed.
const GIVES_WAY_MS = 30

/**
 * Drives operations: asks the machine what to do, does it through a link, writes what was heard.
 * The intent is already on disk when it starts; after a crash or a full disk `recover` is all there
 * is to do.
 */
export function openEngine(ports: EnginePorts) {
  const { store, device, changed } = ports
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
      // A reversal goes its own way, while other work goes on (reversing.ts).
      // So does the window of a warning (warned.ts).
      if (!operation || effect === 'rest' || effect === 'reverse' || effect === 'wait') return
      const after = hear(id, await perform(ports, effect, operation))
      if (!after) return
      // What is said of a red receipt depends on whether its cash is in the device (S3.4).
      if (after.state.is === 'red') await device.refresh()
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
  const restart = (left: Operation | null) => {
    if (left?.state.is === 'intended') hear(left.id, { type: 'restarted' })
  }
  const quick = (): Promise<void>[] =>
    [...running].flatMap(([id, driven]) => (ports.terminal.waits(id) === null ? [driven] : []))
  const settled = () => Promise.all(quick())
  return {
    drive,
    /** An intent that nobody drives may have left already: it is asked after, not sent again. */
    resume: (id: string): Promise<void> => {
      if (!running.has(id)) restart(store.operation(id))
      return drive(id)
    },
    hear,
    /**
     * Something is under way that ends by itself; asked again after each wait: others may wait as
     * well. A customer looking for a card is not waited for.
     */
    busy: () => quick().length > 0,
    settled,
    /** Lists give way to an operation under way, so that who searches or exports slows no sale. */
    giveWay: async (): Promise<void> => {
      if (quick().length === 0) return
      await Promise.race([settled(), ports.rest(GIVES_WAY_MS)])
      // Its answer leaves first.
      await ports.rest(0)
    },
    /** Takes up what nobody drives: its answer died with a process, or found no room to write. */
    recover: async (): Promise<void> => {
      const left = store.open().filter(({ id }) => !running.has(id))
      for (const operation of left) restart(operation)
      await Promise.all(left.map(({ id }) => drive(id)))
    },
  }
}

async function perform(
  ports: EnginePorts,
  effect: Exclude<Effect, 'rest' | 'reverse' | 'wait'>,
  operation: Operation,
): Promise<Event> {
  switch (effect) {
    case 'fiscalise':
      return ports.sko.fiscalise(operation)
    case 'askDevice':
      return askDevice(ports, operation)
    case 'present':
      return ports.terminal.present(operation)
    case 'authorise':
      return ports.terminal.authorise(operation)
    case 'askBank':
      return askBank(ports, operation)
    default:
      return effect satisfies never
  }
}

/** The bank's answer was lost: no document before its outcome is known (S3.10). */
async function askBank(ports: EnginePorts, operation: Operation): Promise<Event> {
  const { terminal, rest, clearing } = ports
  if (!clearing()) return { type: 'left', lacks: false }
  for (let left = ASK_TIMES; left > 0; left -= 1) {
    const event = await terminal.ask(operation)
    if (event) return event
    await rest(ASK_REST_MS)
  }
  return { type: 'told', by: 'bank', verdict: 'silent' }
}

/** The answer was lost a moment ago: the device is asked a few times before the receipt is red. */
async function askDevice(ports: EnginePorts, operation: Operation): Promise<Event> {
  const { sko, rest, clearing } = ports
  for (let left = ASK_TIMES; left > 0; left -= 1) {
    const asked = await sko.outcome(operation)
    const heard = clearing() ? await settleVerdict(sko, operation, asked) : asked
    if (heard.verdict === 'away') return { type: 'told', by: 'sko', verdict: 'away' }
    const event = clearing() ? toldBy('sko', heard) : leftWith(heard)
    if (event) return event
    await rest(ASK_REST_MS)
  }
  return clearing()
    ? { type: 'told', by: 'sko', verdict: 'silent' }
    : { type: 'left', lacks: false }
}
