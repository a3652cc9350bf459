import type { HttpBindings } from '@hono/node-server'
import type { Context as Call } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'

export type ServerEvent = { event: string; data: unknown }

/** Who listens: `name` has places of its own, and is told nothing once it is not `isIn`. */
export type Listener = { name: string; isIn: () => boolean }

export type EventStream = {
  open: (call: Call, listener?: Listener) => Response
  /** Ends the streams of those who are not in any more. */
  look: () => void
  /** Ends them all: a page comes again by itself. */
  close: () => void
}

/** Streams in all, and of one name: a browser has one for all its pages. */
const MOST = 256
const MOST_OF_NAME = 16
/** Whoever is so far behind with reading reads no more. */
const UNREAD_BYTES = 1_000_000
const HEARTBEAT_MS = 15_000

const anybody: Listener = { name: '', isIn: () => true }

type Open = Listener & ReturnType<typeof writerOf> & { isOver: boolean }

/**
 * Server-sent events to pages. A page that comes late is told the `present` first. A newcomer
 * takes the place of the oldest stream of its name where there is no other, so that streams nobody
 * looks at keep no page waiting.
 */
export function openEvents<E extends ServerEvent>(present: () => E[]) {
  // In the order of their coming.
  const streams = new Set<Open>()
  const over = (stream: Open) => {
    stream.isOver = true
    streams.delete(stream)
    stream.end()
  }
  const tell = (stream: Open, text: string) => {
    if (stream.isIn()) stream.write(text)
    else over(stream)
  }
  const makeRoom = (name: string) => {
    const own = [...streams].filter((stream) => stream.name === name)
    const [oldest] = own.length >= MOST_OF_NAME ? own : streams.size >= MOST ? streams : []
    if (oldest) over(oldest)
  }
  return {
    /** Nobody listens: what costs work to tell needs not be told. */
    idle: () => streams.size === 0,
    send: (event: E): void => {
      const text = textOf(event)
      for (const stream of streams) tell(stream, text)
    },
    look: (): void => {
      for (const stream of streams) if (!stream.isIn()) over(stream)
    },
    close: (): void => {
      for (const stream of streams) over(stream)
    },
    /** Answers a call with the stream. */
    open: (call: Call, listener: Listener = anybody): Response => {
      makeRoom(listener.name)
      return streamSSE(call, async (sse) => {
        const stream: Open = Object.assign(writerOf(sse, call), {
          name: listener.name,
          isIn: listener.isIn,
          isOver: false,
        })
        streams.add(stream)
        sse.onAbort(() => over(stream))
        for (const event of present()) tell(stream, textOf(event))
        while (!stream.isOver) {
          await Promise.race([sse.sleep(HEARTBEAT_MS), stream.ended])
          if (!stream.isOver) tell(stream, ': \n\n')
        }
      })
    },
  }
}

const textOf = ({ event, data }: ServerEvent): string =>
  `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`

/** Writes without waiting for the reader, who is hung up on once too much is unread. */
function writerOf(sse: SSEStreamingApi, { env }: Call) {
  const { outgoing } = (env ?? {}) as Partial<HttpBindings>
  const ended = Promise.withResolvers<void>()
  let unread = 0
  const end = () => {
    ended.resolve()
    if (unread > 0) outgoing?.destroy()
  }
  const write = (text: string) => {
    const waiting = unread + (outgoing?.writableLength ?? 0)
    if (waiting > UNREAD_BYTES) return outgoing?.destroy()
    unread += text.length
    const read = () => {
      unread -= text.length
    }
    sse.write(text).then(read, read)
  }
  return { write, end, ended: ended.promise }
}
