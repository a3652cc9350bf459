import { connect, createServer, type Server, type Socket } from 'node:net'
import type { CountName } from '#core/api/stand.ts'
import { decode, LONGEST_MESSAGE } from '#core/iso8583/codec.ts'
import { type MessageType, messageTypes } from '#core/iso8583/fields.ts'
import { MINUTE, SECOND } from '#core/time.ts'
import { drained, framed, openPlaces, takeFrame } from '#services/runtime/frames.ts'
import type { Address } from './line.ts'

type Way = {
  to: Address
  /** True when the fault strikes this command; the command is then counted. */
  spend: (fault: CountName) => boolean
  /** A purchase was decided; its answer waits until this is over. */
  decided: () => Promise<void>
}

const MOST_CONNECTIONS = 256
/** Lines on which nothing was asked yet; the oldest gives way. All come from this machine. */
const SILENT_LINES = { perAddress: 64, all: 64 }
/** Longer than the bank keeps a silent line, so that the bank is who hangs up. */
const SILENT_MS = 6 * MINUTE
/** The bank's own patience with a frame that was begun. */
const PARTIAL_MS = 10 * SECOND

/**
 * Stands before the bank at its public address and passes whole frames on, both ways. Two faults of
 * the wire act here (R15): a command lost on its way, and a lost answer to one carried out; either
 * cuts the line. Whoever cannot be passed on is hung up on without an answer.
 */
export function bankServer(way: Way): Server {
  const silent = openPlaces(SILENT_LINES)
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (terminal) => {
    const bank = connect({ ...way.to, allowHalfOpen: true, noDelay: true })
    const spoken = silent.take(terminal, () => terminal.destroy())
    join({ terminal, bank }, { ...way, spoken })
  })
  server.maxConnections = MOST_CONNECTIONS
  return server
}

type Ends = { terminal: Socket; bank: Socket }

function join({ terminal, bank }: Ends, way: Way & { spoken: () => void }): void {
  // A terminal that leaves changes nothing for a command that arrived whole.
  const cut = () => {
    terminal.destroy()
    bank.destroySoon()
  }
  for (const end of [terminal, bank]) {
    end.setTimeout(SILENT_MS, cut)
    end.on('error', cut)
    end.on('close', cut)
  }
  /** Commands whose answers will be lost. */
  const doomed = new Set<string>()
  const asks = async (frame: Buffer) => {
    // Whoever may not speak to the bank is hung up on by the bank itself.
    way.spoken()
    const command = commandIn(frame)
    if (command !== null && way.spend('bank.request-lost')) return false
    if (command !== null && way.spend('bank.answer-lost')) doomed.add(command)
    return true
  }
  const answers = async (frame: Buffer) => {
    const answer = answerIn(frame)
    if (answer?.startsWith('1210')) await way.decided()
    return answer === null || !doomed.has(answer)
  }
  void carry({ from: terminal, to: bank }, asks, cut)
  void carry({ from: bank, to: terminal }, answers, cut)
}

/** Carries frames until one end is done, or a frame may not pass: then the line is cut. */
async function carry(
  { from, to }: { from: Socket; to: Socket },
  passes: (frame: Buffer) => Promise<boolean>,
  cut: () => void,
): Promise<void> {
  let heard: Buffer = Buffer.alloc(0)
  let partial: NodeJS.Timeout | undefined
  from.on('close', () => clearTimeout(partial))
  try {
    for await (const part of from.iterator({ destroyOnReturn: false })) {
      heard = heard.length === 0 ? part : Buffer.concat([heard, part])
      const next = () => takeFrame(heard, LONGEST_MESSAGE)
      for (let frame = next(); frame; frame = next()) {
        clearTimeout(partial)
        partial = undefined
        if (frame === 'bad') return cut()
        heard = frame.rest
        if (frame.body.length === 0) continue
        if (!(await passes(frame.body))) return cut()
        if (!to.write(framed(frame.body))) await drained(to)
      }
      if (heard.length > 0) partial ??= setTimeout(cut, PARTIAL_MS)
    }
    if (heard.length > 0) cut()
    else to.end()
  } catch {
    cut()
  }
}

// What a command's answer is known by: its type, STAN, moment and terminal.
const mark = (type: string | null, fields: Readonly<Record<number, string>>): string =>
  [type, fields[11], fields[12], fields[41]].join()

const commands: readonly MessageType[] = ['1200', '1201', '1420', '1421']

/** The mark of the answer to a frame that may move money; null for any other frame. */
function commandIn(frame: Buffer): string | null {
  const decoded = decode(frame)
  if (decoded.kind !== 'message') return null
  const { type, fields } = decoded.message
  return commands.includes(type) ? mark(messageTypes[type].answer, fields) : null
}

function answerIn(frame: Buffer): string | null {
  const decoded = decode(frame)
  return decoded.kind === 'message' ? mark(decoded.message.type, decoded.message.fields) : null
}
