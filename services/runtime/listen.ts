import type { Server } from 'node:http'
import type { AddressInfo, Server as NetServer, Socket } from 'node:net'
import { createAdaptorServer, type Http2Bindings, type HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Rate } from '#core/rate.ts'
import { SECOND } from '#core/time.ts'
import { openVisits } from './visits.ts'

export type Listening = { port: number; close: () => Promise<void> }
export type Place = { host: string; port: number }

const CONNECTIONS = 1024

/** No page and no till asks as often as this; a client in a loop does. */
export const usualRate: Rate = { perSecond: 200, burst: 400 }

/**
 * Opens a server with bounds on header size, time, connections and on how often one address may
 * ask; `rate` null: as often as it likes. Port 0 picks a free one. An app that is still being
 * opened is waited for by whoever asks: the port is taken before any store is touched (R31).
 */
export async function listen(
  app: Hono | Promise<Hono>,
  { rate = usualRate, ...place }: Place & { rate?: Rate | null },
): Promise<Listening> {
  const answer: Answer =
    app instanceof Promise ? async (...asked) => (await app).fetch(...asked) : app.fetch
  const server = createAdaptorServer({
    fetch: rate ? bounded(answer, rate) : answer,
    serverOptions: { maxHeaderSize: 16_384, requestTimeout: 30_000, headersTimeout: 10_000 },
  }) as Server
  server.keepAliveTimeout = 30_000
  return bound(server, place, CONNECTIONS)
}

type Answer = (request: Request, wire: HttpBindings | Http2Bindings) => Response | Promise<Response>

/** Answers behind a bound for each client address; what is turned away has done nothing. */
function bounded(answer: Answer, rate: Rate): Answer {
  const visit = openVisits(rate, () => performance.now())
  return (request, wire) => {
    const waitMs = visit(wire.incoming.socket?.remoteAddress ?? '')
    if (waitMs === 0) return answer(request, wire)
    const headers = { 'retry-after': String(Math.ceil(waitMs / SECOND)) }
    return new Response('too many requests', { status: 429, headers })
  }
}

/** Opens a TCP server of so many connections at once; closing it ends those that are open. */
export async function bound(
  server: NetServer,
  { host, port }: Place,
  connections: number,
): Promise<Listening> {
  const sockets = new Set<Socket>()
  server.maxConnections = connections
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
