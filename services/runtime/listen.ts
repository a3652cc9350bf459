import type { Server } from 'node:http'
import type { AddressInfo, Server as NetServer, Socket } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'

export type Listening = { port: number; close: () => Promise<void> }
export type Place = { host: string; port: number }

const CONNECTIONS = 1024

/** Opens a server with bounds on header size, time and connections. Port 0 picks a free one. */
export async function listen(app: Hono, place: Place): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: { maxHeaderSize: 16_384, requestTimeout: 30_000, headersTimeout: 10_000 },
  }) as Server
  server.keepAliveTimeout = 30_000
  return bound(server, place, CONNECTIONS)
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
