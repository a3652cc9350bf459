import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import { SECOND } from '#core/time.ts'
import { rest } from './clock.ts'
import type { Listening } from './listen.ts'
import type { Log } from './log.ts'

const HEADER = 2

/** What a server of frames bears from one line and from all of them. */
export type Bounds = {
  /** Bytes of the longest frame; a longer one closes the line. */
  longest: number
  /** A line on which nothing moves is closed. */
  idleMs: number
  /** A frame once begun must be whole by then: a trickle holds no line open. */
  partialMs: number
  /** The first frame must be there by then: silence holds no line open. */
  firstMs: number
  connections: number
  /** Lines on which nobody has shown yet who he is, of one address and of all. */
  strangers: Places
  /** Frames a second on one line; what comes faster waits its turn. */
  perSecond: number
  /** Answers of one line that may be waiting for their moment. */
  waiting: number
}

/**
 * An answer, not before `afterMs` have passed; null closes the line without one. `from`: a line of
 * somebody known keeps its place, one of a stranger is ended with the answer.
 */
export type Answered = { bytes: Uint8Array; afterMs: number; from?: 'known' | 'stranger' } | null

/** Certificate and private key, PEM, of a server that is spoken to by TLS. */
export type Certified = { cert: string; key: string }

export type FrameStatistics = { open: number; frames: number; closed: Map<string, number> }

/**
 * A TCP server of frames with two bytes of length (high byte first) before each. Frames of one line
 * are answered in order, one decision at a time; only an answer that has to wait lets others pass.
 */
export async function listenFrames(
  answer: (frame: Uint8Array) => Promise<Answered>,
  { host, port, bounds, log, tls }: Listen,
): Promise<Listening & { statistics: FrameStatistics }> {
  const statistics: FrameStatistics = { open: 0, frames: 0, closed: new Map() }
  const lines = new Set<Socket>()
  const strangers = openPlaces(bounds.strangers)
  const secureContext = tls && createSecureContext(tls)
  const server = createServer({ noDelay: true, keepAlive: true, allowHalfOpen: true }, (line) => {
    lines.add(line)
    statistics.open += 1
    line.on('close', () => {
      lines.delete(line)
      statistics.open -= 1
    })
    const socket = secureContext ? new TLSSocket(line, { isServer: true, secureContext }) : line
    socket.on('close', () => line.destroy())
    const close = closing(socket, { log, statistics })
    const known = strangers.take(line, () => close('crowded'))
    serveLine(socket, { answer, bounds, log, statistics, known, close })
  })
  server.maxConnections = bounds.connections
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

type Listen = { host: string; port: number; bounds: Bounds; log: Log; tls?: Certified | undefined }

/** How many lines may stand open, of one address and of all. */
export type Places = { perAddress: number; all: number }

/** Bounded places of lines: where they run out, the one that has stood longest gives way. */
export function openPlaces({ perAddress, all }: Places) {
  const held = new Map<Socket, { address: string | undefined; giveWay: () => void }>()
  return {
    /** Takes a place for a line; the answer, called once it needs none any more, frees it. */
    take: (line: Socket, giveWay: () => void): (() => void) => {
      const address = line.remoteAddress
      const leave = (): void => void held.delete(line)
      const neighbours = [...held].filter(([, other]) => other.address === address)
      const [oldest] = neighbours.length >= perAddress ? neighbours : held.size >= all ? held : []
      if (oldest) {
        held.delete(oldest[0])
        oldest[1].giveWay()
      }
      held.set(line, { address, giveWay })
      line.on('close', leave)
      return leave
    },
  }
}

type Line = {
  answer: (frame: Uint8Array) => Promise<Answered>
  bounds: Bounds
  log: Log
  statistics: FrameStatistics
  /** Whoever speaks here has shown who he is. */
  known: () => void
  close: (why: string) => void
}

const closing =
  (socket: Socket, { log, statistics }: Pick<Line, 'log' | 'statistics'>) =>
  (why: string): void => {
    if (socket.destroyed) return
    count(statistics, why)
    log.info('line closed', { why })
    socket.destroy()
  }

const count = ({ closed }: FrameStatistics, why: string): void =>
  void closed.set(why, (closed.get(why) ?? 0) + 1)

/** Reads a line to its end; whatever ends it, the socket is gone and no timer is left. */
async function serveLine(socket: Socket, line: Line): Promise<void> {
  const { bounds, close } = line
  socket.on('error', () => {})
  socket.setTimeout(bounds.idleMs, () => close('idle'))
  const silent = setTimeout(() => close('silent'), bounds.firstMs)
  socket.on('close', () => clearTimeout(silent))
  const voice = speaker(socket, bounds)
  const spoken = () => clearTimeout(silent)
  try {
    const why = await converse(socket, { ...line, voice, spoken })
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
  line: Line & { voice: ReturnType<typeof speaker>; spoken: () => void },
): Promise<string | null> {
  const { bounds, statistics, log, voice, close } = line
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
      await pace()
      // Nothing is said by it but that somebody is there.
      if (frame.body.length === 0) continue
      line.spoken()
      statistics.frames += 1
      const answered = await line.answer(frame.body).catch((error: unknown) => {
        log.error('frame failed', { error: String(error) })
        return 'failed' as const
      })
      // No answer where the decision failed: the caller rightly reads that as «unknown».
      if (!answered || answered === 'failed') return answered ?? 'malformed'
      if (answered.from === 'known') line.known()
      await voice.speak(answered)
      if (answered.from === 'stranger') {
        count(statistics, 'stranger')
        socket.destroySoon()
        return null
      }
      if (socket.destroyed) return 'cut'
    }
    // Counted from the frame's first byte, so that a trickle does not prolong it.
    if (heard.length > 0) partial ??= setTimeout(() => close('partial'), bounds.partialMs)
  }
  clearTimeout(partial)
  return heard.length > 0 ? 'partial' : null
}

/**
 * The first whole frame and what follows it; null while there is none yet. An empty one, as some
 * hosts send to keep a line alive, is for the caller to read over.
 */
export function takeFrame(
  heard: Buffer,
  longest: number,
): { body: Buffer; rest: Buffer } | null | 'bad' {
  if (heard.length < HEADER) return null
  const length = heard.readUInt16BE(0)
  if (length > longest) return 'bad'
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
