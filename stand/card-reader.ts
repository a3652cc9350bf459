import type { Socket } from 'node:net'
import type { z } from 'zod'
import { parseJson } from '#core/api/json.ts'
import { LONGEST_LINE, type ReaderAnswer, readerRequest } from '#core/api/reader.ts'
import type { CardEntry, ReaderView } from '#core/api/stand.ts'
import { type VirtualCardName, virtualCards } from '#core/demo/virtual-card.ts'
import { MINUTE, SECOND } from '#core/time.ts'

/** A till has one terminal; the rest is a restarted one's old lines. */
export const READER_PLACES = { strangers: 16, perAddress: 16, known: 0, perName: 0 }
/** A request is one short line: whoever takes longer has nothing to ask. */
const LINE_MS = 5 * SECOND
/** Nobody stands at a till with a card for so long. */
const WAIT_MS = 10 * MINUTE

type Read = z.output<typeof readerRequest>['read']
type Tap = { card: VirtualCardName; entry: CardEntry }

/**
 * A card reader whose cards are tapped by the stand's API (core/api/reader.ts). It shows one
 * request at a time, the newest: a terminal that asks again has given up what it asked before.
 */
export function openCardReader(changed: () => void) {
  let asked: { socket: Socket; read: Read } | null = null
  /** Tapped while nobody waited. */
  let kept: Tap | null = null

  const answer = (socket: Socket, { card, entry }: Tap) => {
    const { pan, expiry } = virtualCards[card]
    const read: ReaderAnswer = { card: { pan, expiry, entry } }
    socket.end(`${JSON.stringify(read)}\n`)
  }
  const ask = (socket: Socket, read: Read) => {
    if (kept) {
      answer(socket, kept)
      kept = null
    } else {
      const before = asked
      asked = { socket, read }
      before?.socket.destroy()
    }
    changed()
  }
  const leave = (socket: Socket) => {
    if (asked?.socket !== socket) return
    asked = null
    changed()
  }
  return {
    /** Serves one connection of a terminal. */
    serve: (socket: Socket): void => {
      hearLine(socket, (line) => {
        const request = readerRequest.safeParse(parseJson(line))
        if (!request.success) return socket.destroy()
        socket.setTimeout(WAIT_MS, () => socket.destroy())
        ask(socket, request.data.read)
      })
      // A terminal that says no more has taken its request back.
      socket.on('end', () => leave(socket))
      socket.on('close', () => leave(socket))
    },
    view: (): ReaderView => ({
      waiting: asked !== null,
      card: kept?.card ?? null,
      operation: asked?.read.operation ?? null,
      sum: asked?.read.sum ?? null,
    }),
    /** Gives a card to whoever waits, or keeps it for the next one; `waiting` tells which. */
    tap: (tap: Tap): { waiting: boolean } => {
      const waited = asked
      if (waited) answer(waited.socket, tap)
      asked = null
      kept = waited ? null : tap
      changed()
      return { waiting: waited !== null }
    },
    /** Takes away the card that is kept for the next request. */
    clear: (): void => {
      kept = null
      changed()
    },
  }
}

export type CardReader = ReturnType<typeof openCardReader>

/** Hears the one line of a connection; one that is late, too long or goes on is hung up on. */
function hearLine(socket: Socket, heard: (line: string) => void): void {
  let bytes: Buffer = Buffer.alloc(0)
  let isWhole = false
  const late = setTimeout(() => socket.destroy(), LINE_MS)
  socket.on('close', () => clearTimeout(late))
  socket.on('error', () => socket.destroy())
  socket.on('data', (part: Buffer) => {
    bytes = Buffer.concat([bytes, part])
    const end = bytes.indexOf('\n')
    const isOver = isWhole || bytes.length > LONGEST_LINE || (end >= 0 && end < bytes.length - 1)
    if (isOver) return void socket.destroy()
    if (end < 0) return
    isWhole = true
    clearTimeout(late)
    heard(bytes.toString('utf8', 0, end))
  })
}
