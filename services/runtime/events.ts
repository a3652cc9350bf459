import type { Context as Call } from 'hono'
import { streamSSE } from 'hono/streaming'

export type ServerEvent = { event: string; data: unknown }

export type EventStream = { open: (call: Call) => Response }

const MOST = 64
const HEARTBEAT_MS = 15_000

/** Server-sent events to pages. A page that comes late is told the `present` first. */
export function openEvents<E extends ServerEvent>(present: () => E[]) {
  const listeners = new Set<(event: E) => void>()
  return {
    /** Nobody listens: what costs work to tell needs not be told. */
    idle: () => listeners.size === 0,
    send: (event: E): void => {
      for (const listener of listeners) listener(event)
    },
    /** Answers a call with the stream; 503 when too many pages listen already. */
    open: (call: Call): Response => {
      if (listeners.size >= MOST) return call.body(null, 503)
      return streamSSE(call, async (stream) => {
        const write = ({ event, data }: E) => stream.writeSSE({ event, data: JSON.stringify(data) })
        listeners.add(write)
        stream.onAbort(() => {
          listeners.delete(write)
        })
        for (const event of present()) await write(event)
        while (!stream.aborted) {
          await stream.sleep(HEARTBEAT_MS)
          await stream.write(': \n\n')
        }
      })
    },
  }
}
