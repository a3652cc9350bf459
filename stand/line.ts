import { connect, createServer, type Server, type Socket } from 'node:net'
import { pipeline } from 'node:stream'
import { keepPlaces } from '#services/runtime/places.ts'

export type Address = { host: string; port: number }

/** An address that can be cut off and put back. */
export type Line = {
  /** Open: resolves when it takes connections. Cut: at once nobody listens, no connection lives. */
  be: (wished: 'open' | 'cut') => Promise<void>
}

type Ends = { server: Server; sockets: Set<Socket>; listening: Promise<void> }

/**
 * A line at an address of its own. While it is cut, a caller is refused before it sends a byte, as
 * by a machine that is not there: that is how callers tell «never left» from «lost» (send.ts).
 */
export function openLine(address: Address, makeServer: () => Server): Line {
  let ends: Ends | null = null
  return {
    be: (wished) => {
      if (wished === 'open') {
        ends ??= listening(address, makeServer())
        const opened = ends
        return opened.listening.catch((error: unknown) => {
          if (ends === opened) ends = null
          throw error
        })
      }
      if (ends) hangUp(ends)
      ends = null
      return Promise.resolve()
    },
  }
}

function listening({ host, port }: Address, server: Server): Ends {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  })
  const opened = new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    // A line that is cut while it opens is over, not failed.
    server.once('close', resolve)
    server.listen(port, host, resolve)
  })
  return { server, sockets, listening: opened }
}

function hangUp({ server, sockets }: Ends): void {
  server.once('listening', () => server.close())
  server.close()
  for (const socket of sockets) socket.destroy()
}

/** A connection on which nothing passes for so long is dropped. */
const SILENT_MS = 120_000

/** Passes bytes on to an address and back; whoever cannot be reached there is hung up on. */
export function forwarding(to: Address): Server {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const onward = connect({ ...to, allowHalfOpen: true })
    for (const end of [socket, onward]) end.setTimeout(SILENT_MS, () => end.destroy())
    // A stream that breaks takes the other one with it.
    pipeline(socket, onward, () => {})
    pipeline(onward, socket, () => {})
  })
  keepPlaces(server)
  return server
}

/** Takes a connection and ends it: there is somebody here, and that is all there is to learn. */
export function answering(): Server {
  const server = createServer((socket) => socket.resume().end())
  keepPlaces(server)
  return server
}
