import { createServer, type Socket } from 'node:net'
import type { Paper } from '#core/api/stand.ts'
import { bound, type Listening } from '#services/runtime/listen.ts'
import type { Roll } from './roll.ts'

// By the numbers of «ESC t» that the trade's printers give them.
const USUAL_PAGE = 17
const pages: Readonly<Record<number, TextDecoder>> = {
  [USUAL_PAGE]: new TextDecoder('ibm866'),
  46: new TextDecoder('windows-1251'),
}
const COLUMNS = 48
// A job larger than this is no receipt; the connection is dropped.
const MAX_UNREAD = 1_000_000
// More tills than this never share a printer.
const PLACES = { strangers: 64, perAddress: 64, known: 0, perName: 0 }

/** What the bytes of a connection say, one command after another. */
type Command =
  | { is: 'text'; bytes: Buffer }
  | { is: 'line' }
  | { is: 'cut' }
  | { is: 'qr'; text: string }
  | { is: 'status'; of: number }
  | { is: 'page'; number: number }
  | { is: 'pulse' }
  | { is: 'start' }
  | { is: 'answer'; job: string }
  | { is: 'other' }

type PrinterState = { now: () => number; hasPaper: () => boolean }

// Bits 5 and 6 of the answer to «DLE EOT 4»: the roll is over. They mean something else to «n» 1.
const READY = 0b0001_0010
const NO_PAPER = 0b0110_0000
const PAPER_SENSOR = 4

/**
 * A network printer of ESC/POS with paper of text lines. It answers as a real one does: the state
 * of its paper to «DLE EOT», a job's process id to «GS ( H» once the paper is on the tape. Without
 * paper nothing comes out of it and no job is acknowledged.
 */
export async function openPrinter(
  { host, port, ...state }: PrinterState & { host: string; port: number },
  tape: Roll<Paper>,
): Promise<Listening> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    serveConnection(socket, { tape, ...state })
  })
  return bound(server, { host, port }, PLACES)
}

function serveConnection(
  socket: Socket,
  { tape, now, hasPaper }: PrinterState & { tape: Roll<Paper> },
): void {
  let unread = Buffer.alloc(0)
  let lines: string[] = []
  let line = ''
  let page = USUAL_PAGE
  let drawer = false
  const ended = (job: string | null) => {
    const printed = trimmed(line === '' ? lines : [...lines, line])
    lines = []
    line = ''
    const opened = drawer ? true : undefined
    drawer = false
    if (printed.length === 0 || !hasPaper()) return
    try {
      tape.append({ job, at: now(), lines: printed, drawer: opened })
    } catch {
      // Jammed: a paper that the disk does not take has not come out, and is not acknowledged.
      socket.destroy()
    }
  }
  let isCut = false
  const obey = (command: Command) => {
    // The paper's job is named after its cut: it waits for its name until the next one begins.
    if (isCut && (command.is === 'text' || command.is === 'qr')) ended(null)
    if (command.is !== 'line') isCut = isCut && command.is !== 'text' && command.is !== 'qr'
    switch (command.is) {
      case 'text':
        // Of a page that it does not have a printer prints what it likes.
        line += pages[page]?.decode(command.bytes) ?? '?'.repeat(command.bytes.length)
        return
      case 'start':
        page = USUAL_PAGE
        return
      case 'page':
        page = command.number
        return
      case 'pulse':
        drawer = true
        return
      case 'line':
        lines.push(line)
        line = ''
        return
      case 'qr':
        line = centered(`[QR ${command.text}]`, lines)
        return
      case 'cut':
        isCut = true
        return
      case 'status':
        socket.write(Buffer.from([statusOf(command.of, hasPaper())]))
        return
      case 'answer':
        ended(command.job)
        if (hasPaper() && !socket.destroyed)
          socket.write(Buffer.from(`\x37\x22${command.job}\0`, 'latin1'))
        return
      case 'other':
        return
      default:
        return command satisfies never
    }
  }
  socket.on('data', (part) => {
    unread = Buffer.concat([unread, part])
    for (let read = readCommand(unread); read; read = readCommand(unread)) {
      unread = unread.subarray(read.bytes)
      obey(read.command)
    }
    if (unread.length > MAX_UNREAD) socket.destroy()
  })
  socket.on('close', () => ended(null))
}

const statusOf = (asked: number, hasPaper: boolean): number =>
  asked === PAPER_SENSOR && !hasPaper ? READY | NO_PAPER : READY

function trimmed(lines: readonly string[]): string[] {
  const first = lines.findIndex((line) => line !== '')
  const last = lines.findLastIndex((line) => line !== '')
  return first < 0 ? [] : lines.slice(first, last + 1)
}

// The width of the paper is told by nobody; a rule or a pair shows it.
function centered(text: string, lines: readonly string[]): string {
  const width = Math.min(COLUMNS, Math.max(0, ...lines.map((line) => line.length)))
  return ' '.repeat(Math.max(0, Math.floor((width - text.length) / 2))) + text
}

type Read = { command: Command; bytes: number } | null

/** The first command of what has arrived; null while it is not whole. */
function readCommand(bytes: Buffer): Read {
  switch (bytes[0]) {
    case undefined:
      return null
    case 0x0a:
      return { command: { is: 'line' }, bytes: 1 }
    case 0x10:
      return bytes.length < 3 ? null : readRealTime(bytes)
    case 0x1b:
      return bytes.length < 2 ? null : readEsc(bytes)
    case 0x1c:
      return skip(bytes, 2)
    case 0x1d:
      return bytes.length < 3 ? null : readGs(bytes)
    default:
      return readText(bytes)
  }
}

/** «@» starts afresh, «2» sets the usual spacing, «t n» a code page, «p m t1 t2» kicks a drawer. */
function readEsc(bytes: Buffer): Read {
  const [, letter = 0, number = 0] = bytes
  const length = ESC_LENGTHS[letter] ?? 3
  if (bytes.length < length) return null
  switch (letter) {
    case 0x40:
      return { command: { is: 'start' }, bytes: length }
    case 0x74:
      return { command: { is: 'page', number }, bytes: length }
    case 0x70:
      return { command: { is: 'pulse' }, bytes: length }
    default:
      return { command: { is: 'other' }, bytes: length }
  }
}

// Commands of ESC that are not three bytes long.
const ESC_LENGTHS: Record<number, number> = { 64: 2, 50: 2, 112: 5 }

const skip = (bytes: Buffer, length: number): Read =>
  bytes.length < length ? null : { command: { is: 'other' }, bytes: length }

const readRealTime = (bytes: Buffer): Read =>
  bytes[1] === 0x04 ? { command: { is: 'status', of: bytes[2] ?? 0 }, bytes: 3 } : skip(bytes, 2)

function readText(bytes: Buffer): Read {
  const end = bytes.findIndex((byte) => byte < 0x20)
  const length = end === 0 ? 1 : end < 0 ? bytes.length : end
  const text = bytes.subarray(0, length)
  return { command: end === 0 ? { is: 'other' } : { is: 'text', bytes: text }, bytes: length }
}

function readGs(bytes: Buffer): Read {
  // «GS V m», and n too for the modes that feed first.
  if (bytes[1] === 0x56) {
    const length = (bytes[2] ?? 0) >= 65 ? 4 : 3
    return bytes.length < length ? null : { command: { is: 'cut' }, bytes: length }
  }
  if (bytes[1] !== 0x28) return skip(bytes, 3)
  if (bytes.length < 5) return null
  const length = 5 + (bytes[3] ?? 0) + 256 * (bytes[4] ?? 0)
  if (bytes.length < length) return null
  return { command: readFunction(bytes[2] ?? 0, bytes.subarray(5, length)), bytes: length }
}

/** «GS ( k» stores and prints a QR; it is shown when stored. «GS ( H» asks for the process id. */
function readFunction(letter: number, body: Buffer): Command {
  if (letter === 0x6b && body[0] === 49 && body[1] === 80) {
    return { is: 'qr', text: body.subarray(3).toString('latin1') }
  }
  if (letter === 0x48 && body[0] === 48) {
    return { is: 'answer', job: body.subarray(2, 6).toString('latin1') }
  }
  return { is: 'other' }
}
