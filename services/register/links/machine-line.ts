import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { connect } from 'node:net'
import type { MachinePlace } from '#core/api/register-equipment.ts'
import type { MachineFault } from '#core/register/machine.ts'
import { rest } from '#services/runtime/clock.ts'

/** What happens on the line to a machine; after `broken` nothing more does. */
export type MachineEvents = {
  opened: (write: (bytes: Uint8Array) => void) => void
  heard: (part: Buffer) => void
  broken: (fault: MachineFault) => void
}

/**
 * Opens the line to a machine on the counter until `signal` ends it: `broken` then tells that there
 * was no answer. Answers how to close it, which takes until the machine is free for another.
 */
export function openMachineLine(
  place: MachinePlace,
  signal: AbortSignal,
  events: MachineEvents,
): () => Promise<void> {
  let isOver = false
  const broken = (fault: MachineFault) => {
    if (isOver) return
    isOver = true
    events.broken(signal.aborted ? 'no-answer' : fault)
  }
  const over: MachineEvents = {
    opened: (write) => {
      if (!isOver) events.opened(write)
    },
    heard: (part) => {
      if (!isOver) events.heard(part)
    },
    broken,
  }
  const close = place.kind === 'network' ? overNetwork(place, over) : overDevice(place.path, over)
  const late = () => {
    broken('no-answer')
    void close()
  }
  signal.addEventListener('abort', late, { once: true })
  return () => {
    isOver = true
    signal.removeEventListener('abort', late)
    return close()
  }
}

function overNetwork(
  { host, port }: { host: string; port: number },
  { opened, heard, broken }: MachineEvents,
): () => Promise<void> {
  const socket = connect({ host, port, noDelay: true })
  socket.on('connect', () => opened((bytes) => socket.write(bytes)))
  socket.on('error', (error) => broken(faultOf(error)))
  socket.on('close', () => broken('closed'))
  socket.on('data', heard)
  return async () => void socket.destroy()
}

// A printer or a scale answers in tens of milliseconds.
const LOOK_MS = 10
const PART_BYTES = 512
const { O_RDWR, O_NONBLOCK, O_NOCTTY, O_NOFOLLOW } = constants

/** A device is asked whether it has something to say: it tells nobody when it does. */
function overDevice(path: string, { opened, heard, broken }: MachineEvents): () => Promise<void> {
  let isOpen = true
  let waiting: Buffer = Buffer.alloc(0)
  const work = async (file: FileHandle) => {
    if (!(await file.stat()).isCharacterDevice()) return broken('not-a-device')
    opened((bytes) => {
      waiting = Buffer.concat([waiting, bytes])
    })
    const part = Buffer.alloc(PART_BYTES)
    while (isOpen) {
      const written = await orNone(file.write(waiting).then(({ bytesWritten }) => bytesWritten))
      waiting = waiting.subarray(written)
      const read = await orNone(file.read(part).then(({ bytesRead }) => bytesRead))
      if (read > 0 && isOpen) heard(Buffer.from(part.subarray(0, read)))
      if (written === 0 && read === 0) await rest(LOOK_MS)
    }
  }
  const run = async () => {
    // What is opened is what is named, without waiting for it and without taking it as a terminal.
    const file = await open(path, O_RDWR | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW)
    try {
      await work(file)
    } finally {
      await file.close()
    }
  }
  const running = run().catch((error: unknown) => broken(faultOf(error)))
  return () => {
    isOpen = false
    return running
  }
}

/** How many bytes moved; a device that has nothing to say, or no room, says so by an error. */
async function orNone(moved: Promise<number>): Promise<number> {
  try {
    return await moved
  } catch (error) {
    if (codeOf(error) === 'EAGAIN') return 0
    throw error
  }
}

const faults: Readonly<Record<string, MachineFault>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  ETIMEDOUT: 'no-answer',
  ENOENT: 'no-device',
  ENXIO: 'no-device',
  ENODEV: 'no-device',
  EISDIR: 'not-a-device',
  ELOOP: 'not-a-device',
  ENOTDIR: 'not-a-device',
  EACCES: 'forbidden',
  EPERM: 'forbidden',
  EBUSY: 'in-use',
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''

const faultOf = (error: unknown): MachineFault => faults[codeOf(error)] ?? 'closed'
