import type { Context as Call } from 'hono'
import { streamSSE } from 'hono/streaming'

export type RegisterEvent = { event: 'status' | 'operation'; data: unknown }
export type EventStream = ReturnType<typeof openEvents>

const MOST = 64
const HEARTBEAT_MS = 15_000

/** Server-sent events to the pages. A page that comes late is told the present state first. */
export function openEvents(present: () => RegisterEvent[]) {
  const listeners = new Set<(event: RegisterEvent) => void>()
  return {
    send: (event: RegisterEvent) => {
      for (const listener of listeners) listener(event)
    },
    open: (call: Call) => {
      if (listeners.size >= MOST) return call.body(null, 503)
      return streamSSE(call, async (stream) => {
        const write = ({ event, data }: RegisterEvent) =>
          stream.writeSSE({ event, data: JSON.stringify(data) })
        for (const event of present()) await write(event)
        listeners.add(write)
        stream.onAbort(() => {
          listeners.delete(write)
        })
        while (!stream.aborted) {
          await stream.sleep(HEARTBEAT_MS)
          await stream.write(': \n\n')
        }
      })
    },
  }
}
