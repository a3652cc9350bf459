import type { Server as HttpServer, IncomingMessage } from 'node:http'
import type { Server, Socket } from 'node:net'

/** How many connections a server bears. */
export type Most = {
  /** Of those who have shown nothing yet, in all and from one address. */
  strangers: number
  perAddress: number
  /** Of those who have shown a credential, in all and of one of them. */
  known: number
  perName: number
}

export const usualPlaces: Most = { strangers: 512, perAddress: 256, known: 512, perName: 64 }

export type HeldPlaces = {
  /** Gives a place, if need be that of the stranger who has been there longest unanswered. */
  come: (socket: Socket, isBusy?: () => boolean) => void
  /** Whoever has shown a credential keeps its place whatever comes after it. */
  know: (socket: Socket, name: string) => void
  nameOf: (socket: Socket) => string | null
}

const keepers = new WeakMap<Socket, HeldPlaces>()
/** Who keeps the place of a connection, where somebody does. */
export const placesOf = (socket: Socket): HeldPlaces | undefined => keepers.get(socket)

type Place = { address: string; isBusy: () => boolean }

/**
 * Places at the door of a server. Newcomers are never turned away for the many who came and say
 * nothing: of strangers the oldest that nobody is answering makes room.
 */
export function holdPlaces(most: Most): HeldPlaces {
  // Both in the order of their coming.
  const strangers = new Map<Socket, Place>()
  const known = new Map<Socket, Place & { name: string }>()
  const places: HeldPlaces = {
    come: (socket, isBusy = () => socket.bytesRead > 0) => {
      const address = socket.remoteAddress ?? ''
      const isHere = (place: Place) => place.address === address
      if (counted(strangers, isHere) >= most.perAddress) makeRoom(strangers, isHere)
      else if (strangers.size >= most.strangers) makeRoom(strangers, () => true)
      strangers.set(socket, { address, isBusy })
      keepers.set(socket, places)
      socket.once('close', () => {
        strangers.delete(socket)
        known.delete(socket)
      })
    },
    know: (socket, name) => {
      const place = known.get(socket) ?? strangers.get(socket)
      if (!place || known.get(socket)?.name === name) return
      const isOwn = (other: { name: string }) => other.name === name
      if (counted(known, isOwn) >= most.perName) makeRoom(known, isOwn)
      else if (known.size >= most.known) makeRoom(known, () => true)
      strangers.delete(socket)
      known.set(socket, { address: place.address, isBusy: place.isBusy, name })
    },
    nameOf: (socket) => known.get(socket)?.name ?? null,
  }
  return places
}

function counted<P>(places: Map<Socket, P>, isMeant: (place: P) => boolean): number {
  let count = 0
  for (const place of places.values()) if (isMeant(place)) count += 1
  return count
}

function makeRoom<P extends Place>(places: Map<Socket, P>, isMeant: (place: P) => boolean): void {
  let oldest: Socket | null = null
  for (const [socket, place] of places) {
    if (!isMeant(place)) continue
    oldest ??= socket
    if (place.isBusy()) continue
    oldest = socket
    break
  }
  if (!oldest) return
  places.delete(oldest)
  oldest.destroy()
}

/** Keeps the places of a server of connections; its own bound only stands behind theirs. */
export function keepPlaces(server: Server, most: Most = usualPlaces): void {
  const places = holdPlaces(most)
  server.maxConnections = most.strangers + most.known + SPARE
  server.prependListener('connection', (socket: Socket) => places.come(socket))
}

/** A connection that was destroyed is counted by the server until its end is heard. */
const SPARE = 128

/** The same for HTTP: busy is who has asked in whole and is being answered. */
export function keepHttpPlaces(
  server: HttpServer,
  recognise: (incoming: IncomingMessage) => string | null,
  most: Most = usualPlaces,
): void {
  const places = holdPlaces(most)
  const asking = new WeakMap<Socket, IncomingMessage>()
  server.maxConnections = most.strangers + most.known + SPARE
  server.prependListener('connection', (socket: Socket) =>
    places.come(socket, () => asking.get(socket)?.complete === true),
  )
  server.prependListener('request', (incoming, outgoing) => {
    const { socket } = incoming
    asking.set(socket, incoming)
    outgoing.once('close', () => asking.delete(socket))
    const name = recognise(incoming)
    if (name !== null) places.know(socket, name)
  })
}
