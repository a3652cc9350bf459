import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo, Server as NetServer, Socket } from 'node:net'
import { createAdaptorServer, type Http2Bindings, type HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'
import { refused, statusOf } from '#core/api/contract.ts'
import type { Rate } from '#core/rate.ts'
import { SECOND } from '#core/time.ts'
import { languageOf } from '#core/words/language.ts'
import { keepHttpPlaces, keepPlaces, type Most, placesOf, usualPlaces } from './places.ts'
import { onWire } from './serve.ts'
import { openVisits } from './visits.ts'

export type Listening = { port: number; close: () => Promise<void> }
export type Place = { host: string; port: number }
/** The name of whoever shows a credential with a request, before anything of it is read. */
export type Recognise = (incoming: IncomingMessage) => string | null

/** No page and no till asks as often as this; a client in a loop does. */
export const usualRate: Rate = { perSecond: 200, burst: 400 }

/** Deadlines of a request, looked after once a second: Node's own look comes every 30 s. */
export const httpBounds = {
  maxHeaderSize: 16_384,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1000,
}

/**
 * Opens a server with bounds on header size, time, connections and on how often one address may
 * ask; `rate` null: as often as it likes. Whoever is recognised has a bucket and a place of her
 * own, all strangers of an address share one. Port 0 picks a free one. An app that is still being
 * opened is waited for by whoever asks: the port is taken before any store is touched (R31).
 */
export async function listen(
  app: Hono | Promise<Hono>,
  {
    rate = usualRate,
    recognise = () => null,
    places = usualPlaces,
    ...place
  }: Place & { rate?: Rate | null; recognise?: Recognise; places?: Most },
): Promise<Listening> {
  const answer: Answer =
    app instanceof Promise ? async (...asked) => (await app).fetch(...asked) : app.fetch
  const known: Recognise = (incoming) =>
    recognise(incoming) ?? (isPassedOn(incoming) ? null : nameAt(incoming.socket))
  const server = createAdaptorServer({
    fetch: rate ? bounded(answer, rate, known) : answer,
    serverOptions: httpBounds,
  }) as Server
  server.keepAliveTimeout = 30_000
  keepHttpPlaces(server, recognise, places)
  return bound(server, place)
}

const nameAt = (socket: Socket): string | null => placesOf(socket)?.nameOf(socket) ?? null

/**
 * Says of a call's connection that a credential has come over it: it keeps its place, and has a
 * bucket of its own. For credentials that stand in a body, which no door can see.
 */
export function vouch(call: { env: unknown }, name: string): void {
  const { incoming } = (call.env ?? {}) as Partial<HttpBindings>
  if (!incoming || isPassedOn(incoming as IncomingMessage)) return
  placesOf(incoming.socket)?.know(incoming.socket, name)
}

/**
 * Whether a call came from a program of this machine; a proxy brings those of others. Within the
 * process there is no connection.
 */
export function isAtMachine({ env }: { env: unknown }): boolean {
  const { incoming } = (env ?? {}) as Partial<HttpBindings>
  if (!incoming) return true
  const from = incoming.socket.remoteAddress ?? ''
  return LOOPBACK.test(from) && !isPassedOn(incoming as IncomingMessage)
}

const LOOPBACK = /^(::ffff:)?127\.|^::1$/

// The connection of a proxy carries everybody: only what stands in the request itself counts.
const isPassedOn = ({ headers }: IncomingMessage): boolean =>
  ['forwarded', 'x-forwarded-for', 'via'].some((header) => headers[header] !== undefined)

type Answer = (request: Request, wire: HttpBindings | Http2Bindings) => Response | Promise<Response>

/** Answers behind a bound for each caller; what is turned away has done nothing (R30). */
function bounded(
  answer: Answer,
  rate: Rate,
  known: (incoming: IncomingMessage) => string | null,
): Answer {
  const visit = openVisits(rate, () => performance.now())
  return (request, wire) => {
    const incoming = wire.incoming as IncomingMessage
    if (incoming.url === '/health') return answer(request, wire)
    const name = known(incoming)
    const waitMs = visit(name === null ? strangerAt(incoming) : `known ${name}`)
    return waitMs === 0 ? answer(request, wire) : busy(incoming, waitMs)
  }
}

/** A page comes in though the calls of strangers are too many: so whoever signs in can. */
function strangerAt({ socket, url, method }: IncomingMessage): string {
  const isPage = method === 'GET' && (url === '/' || url?.startsWith('/assets/') === true)
  return `${isPage ? 'page' : 'call'} ${socket?.remoteAddress ?? ''}`
}

function busy({ headers }: IncomingMessage, waitMs: number): Response {
  const answer = refused('server.busy', { waitMs })
  return new Response(JSON.stringify(onWire(answer, languageOf(headers['accept-language']))), {
    status: statusOf(answer),
    headers: {
      'retry-after': String(Math.ceil(waitMs / SECOND)),
      'content-type': 'application/json',
    },
  })
}

/** Opens a TCP server; closing it ends the connections that are open. */
export async function bound(
  server: NetServer,
  { host, port }: Place,
  most?: Most,
): Promise<Listening> {
  const sockets = new Set<Socket>()
  if (most) keepPlaces(server, most)
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
