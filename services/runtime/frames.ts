import { type AddressInfo, createServer, type Socket } from 'node:net'
import { SECOND } from '#core/time.ts'
import { rest } from './clock.ts'
import type { Listening } from './listen.ts'
import type { Log } from './log.ts'
import { keepPlaces, placesOf } from './places.ts'

const HEADER = 2

/** What a server of frames bears from one line and from all of them. */
export type Bounds = {
  /** Bytes of the longest frame; a longer one closes the line. */
  longest: number
  /** A line on which nothing moves is closed. */
  idleMs: number
  /** A frame once begun must be whole by then: a trickle holds no line open. */
  partialMs: number
  /** Places of strangers, and of those whose frames were told to be `known`. */
  connections: number
  /** Frames a second on one line; what comes faster waits its turn. */
  perSecond: number
  /** Answers of one line that may be waiting for their moment. */
  waiting: number
}

/**
 * An answer, not before `afterMs` have passed; null closes the line without one. `known`: the frame
 * showed whose it is, and its line keeps its place whoever comes after it.
 */
export type Answered = { bytes: Uint8Array; afterMs: number; known?: string } | null

export type FrameStatistics = { open: number; frames: number; closed: Map<string, number> }

/**
 * A TCP server of frames with two bytes of length (high byte first) before each. Frames of one line
 * are answered in order, one decision at a time; only an answer that has to wait lets others pass.
 */
export async function listenFrames(
  answer: (frame: Uint8Array) => Promise<Answered>,
  { host, port, bounds, log }: { host: string; port: number; bounds: Bounds; log: Log },
): Promise<Listening & { statistics: FrameStatistics }> {
  const statistics: FrameStatistics = { open: 0, frames: 0, closed: new Map() }
  const lines = new Set<Socket>()
  const server = createServer({ noDelay: true, keepAlive: true, allowHalfOpen: true }, (socket) => {
    lines.add(socket)
    statistics.open += 1
    socket.on('close', () => {
      lines.delete(socket)
      statistics.open -= 1
    })
    serveLine(socket, { answer, bounds, log, statistics })
  })
  const half = Math.ceil(bounds.connections / 2)
  keepPlaces(server, { strangers: half, perAddress: half, known: half, perName: half })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    statistics,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of lines) socket.destroy()
      }),
  }
}

type Line = {
  answer: (frame: Uint8Array) => Promise<Answered>
  bounds: Bounds
  log: Log
  statistics: FrameStatistics
}

/** Reads a line to its end; whatever ends it, the socket is gone and no timer is left. */
async function serveLine(socket: Socket, line: Line): Promise<void> {
  const { bounds, statistics, log } = line
  const close = (why: string) => {
    if (socket.destroyed) return
    statistics.closed.set(why, (statistics.closed.get(why) ?? 0) + 1)
    log.info('line closed', { why })
    socket.destroy()
  }
  socket.on('error', () => {})
  socket.setTimeout(bounds.idleMs, () => close('idle'))
  const voice = speaker(socket, bounds)
  try {
    const why = await converse(socket, { ...line, voice, late: () => close('partial') })
    if (why) return close(why)
    // The other side has said all it had to say, and may still wait for what is due.
    await voice.silence()
    socket.end()
  } catch {
    // The other side cut the line.
    close('cut')
  }
}

/** Answers frame after frame; tells why the line must be closed, or null when it was ended. */
async function converse(
  socket: Socket,
  line: Line & { voice: ReturnType<typeof speaker>; late: () => void },
): Promise<string | null> {
  const { bounds, statistics, log, voice } = line
  const pace = pacer(bounds.perSecond)
  let heard: Buffer = Buffer.alloc(0)
  let partial: NodeJS.Timeout | undefined
  socket.on('close', () => clearTimeout(partial))
  for await (const part of socket.iterator({ destroyOnReturn: false })) {
    heard = heard.length === 0 ? part : Buffer.concat([heard, part])
    const next = () => takeFrame(heard, bounds.longest)
    for (let frame = next(); frame; frame = next()) {
      clearTimeout(partial)
      partial = undefined
      if (frame === 'bad') return 'length'
      heard = frame.rest
      statistics.frames += 1
      await pace()
      const answered = await line.answer(frame.body).catch((error: unknown) => {
        log.error('frame failed', { error: String(error) })
        return 'failed' as const
      })
      // No answer where the decision failed: the caller rightly reads that as «unknown».
      if (!answered || answered === 'failed') return answered ?? 'malformed'
      if (answered.known !== undefined) placesOf(socket)?.know(socket, answered.known)
      await voice.speak(answered)
      if (socket.destroyed) return 'cut'
    }
    // Counted from the frame's first byte, so that a trickle does not prolong it.
    if (heard.length > 0) partial ??= setTimeout(line.late, bounds.partialMs)
  }
  clearTimeout(partial)
  return heard.length > 0 ? 'partial' : null
}

/** The first whole frame and what follows it; null while there is none yet. */
export function takeFrame(
  heard: Buffer,
  longest: number,
): { body: Buffer; rest: Buffer } | null | 'bad' {
  if (heard.length < HEADER) return null
  const length = heard.readUInt16BE(0)
  if (length === 0 || length > longest) return 'bad'
  const end = HEADER + length
  if (heard.length < end) return null
  return { body: heard.subarray(HEADER, end), rest: heard.subarray(end) }
}

/** Writes answers, late ones at their time, and holds the reader back while too many wait. */
function speaker(socket: Socket, { waiting, idleMs }: Bounds) {
  const due = new Set<NodeJS.Timeout>()
  let wake = () => {}
  socket.on('close', () => {
    for (const timer of due) clearTimeout(timer)
    due.clear()
    wake()
  })
  const fewer = async (than: number) => {
    while (due.size >= than && !socket.destroyed) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  const later = (bytes: Uint8Array, ms: number) => {
    const timer = setTimeout(() => {
      due.delete(timer)
      if (socket.writable) socket.write(framed(bytes))
      wake()
    }, ms)
    due.add(timer)
  }
  return {
    speak: async ({ bytes, afterMs }: NonNullable<Answered>): Promise<void> => {
      // Not longer than the line may rest: what nobody can hear any more need not be said.
      if (afterMs > 0) later(bytes, Math.min(afterMs, idleMs))
      else if (socket.writable && !socket.write(framed(bytes))) await drained(socket)
      await fewer(waiting)
    },
    /** When everything due is said. */
    silence: () => fewer(1),
  }
}

/** The other side does not read: so we do not read either, and the idle deadline ends it. */
export const drained = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    if (socket.destroyed) resolve()
    socket.once('drain', resolve)
    socket.once('close', () => resolve())
  })

/** A frame as it goes over the wire. */
export function framed(bytes: Uint8Array): Buffer {
  const frame = Buffer.alloc(HEADER + bytes.length)
  frame.writeUInt16BE(bytes.length, 0)
  frame.set(bytes, HEADER)
  return frame
}

/** Lets so many through a second, with a second's worth at once, and holds back the rest. */
function pacer(perSecond: number): () => Promise<void> {
  let tokens = perSecond
  let last = performance.now()
  return async () => {
    const now = performance.now()
    tokens = Math.min(perSecond, tokens + ((now - last) / SECOND) * perSecond) - 1
    last = now
    if (tokens >= 0) return
    await rest((-tokens / perSecond) * SECOND)
  }
}
