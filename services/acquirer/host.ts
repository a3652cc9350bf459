import { writeAnswer } from '#core/card/answer.ts'
import { readRequest } from '#core/card/request.ts'
import { decode, encode, type Message, malformed } from '#core/iso8583/codec.ts'
import { describe } from '#core/iso8583/describe.ts'
import { messageTypes } from '#core/iso8583/fields.ts'
import { MINUTE, SECOND } from '#core/time.ts'
import type { Answered, Bounds } from '#services/runtime/frames.ts'
import {
  type Opened,
  type Seal,
  sealMessage,
  sealNamed,
  unsealMessage,
} from '#services/runtime/line-seal.ts'
import type { Log } from '#services/runtime/log.ts'
import { openQueues } from '#services/runtime/queues.ts'
import { type BookingPorts, type Performed, perform } from './booking.ts'
import { keyOf } from './terminal-keys.ts'

/** What one terminal may ask of the host's time and memory. */
export const bounds: Bounds = {
  longest: 4096,
  idleMs: 5 * MINUTE,
  partialMs: 10 * SECOND,
  firstMs: 10 * SECOND,
  connections: 1024,
  strangers: { perAddress: 64, all: 512 },
  perSecond: 200,
  waiting: 64,
}

/** Requests of one terminal that may wait: the rest of its lines are closed unanswered. */
const LINE = 5

/** Answers given, by request and code. */
export type Counts = Map<string, number>

/**
 * Answers one frame. What cannot be read closes the line (null): bytes that are no message come
 * from no terminal. What no terminal of ours has sealed is told so by 916, which nobody can seal,
 * and ends the line. What is true but lacks a field is answered 904.
 */
export function hostOver(ports: HostPorts, counts: Counts) {
  const { log } = ports
  const inTurn = openQueues(LINE)
  const count = (kind: string, code: string) => {
    const key = `request="${kind}",code="${code}"`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return async (frame: Uint8Array): Promise<Answered> => {
    const decoded = decode(frame)
    if (decoded.kind === 'malformed') {
      // The field's number and never its bytes: they may be a card's.
      log.error('message malformed', { field: decoded.field, why: decoded.why })
      count('malformed', '904')
      return null
    }
    const asked = decoded.message
    if (messageTypes[asked.type].answer === null) {
      log.error('message is no request', { type: asked.type })
      return null
    }
    const by = await sealOf(ports, asked)
    const opened = by && unsealMessage(frame, by, 'asks')
    if (!by || !opened || opened.kind === 'untrue') {
      count('untrue', '916')
      return refuseStranger(ports, asked)
    }
    const terminal = terminalIn(asked)
    const answered = await inTurn(terminal, () => answerTo(ports, opened))
    if (answered === 'busy') {
      log.error('terminal asks too much at once', { terminal })
      return null
    }
    const { kind, performed } = answered
    const { reply, afterMs } = performed
    count(kind, reply.code)
    const stan = asked.fields[11]
    const { code, why } = reply
    log.info('answered', { terminal, stan, kind, code, why })
    const answer = writeAnswer(opened.message, reply, ports.clock.now())
    const encoded = answer && sealMessage(answer, by, 'answers')
    if (encoded?.kind !== 'bytes') {
      log.error('answer does not encode', { kind, field: encoded?.field })
      return null
    }
    return { bytes: encoded.bytes, afterMs, from: 'known' }
  }
}

const terminalIn = ({ fields }: Message): string => fields[41]?.trimEnd() ?? ''

/** The key that a message says it is under, of the terminal that it says it is from. */
async function sealOf({ db, terminalKeys }: BookingPorts, asked: Message): Promise<Seal | null> {
  const named = sealNamed(asked)
  if (!named) return null
  const { id, nonce } = named
  const key = await keyOf(db, { terminal: terminalIn(asked), id }, terminalKeys)
  return key && { key, nonce }
}

function refuseStranger({ log, clock }: HostPorts, asked: Message): Answered {
  const { 11: stan, 41: terminal } = asked.fields
  log.error('message is not from its terminal', { type: asked.type, terminal, stan })
  const answer = writeAnswer(asked, { code: '916', why: 'MAC' }, clock.now())
  const encoded = answer && encode(answer)
  return encoded?.kind === 'bytes' ? { bytes: encoded.bytes, afterMs: 0, from: 'stranger' } : null
}

type HostPorts = BookingPorts & { log: Log }

async function answerTo(
  ports: HostPorts,
  opened: Exclude<Opened, { kind: 'untrue' }>,
): Promise<{ kind: string; performed: Performed }> {
  const { message: asked } = opened
  const sent =
    opened.kind === 'clear' ? malformed(opened.field, 'card in the clear') : readRequest(asked)
  if (!('request' in sent)) {
    const why = `field ${sent.field}: ${sent.why}`
    ports.log.error('request refused', { why, message: describe(asked) })
    return { kind: asked.type, performed: { reply: { code: '904', why }, afterMs: 0 } }
  }
  return { kind: sent.request.kind, performed: await perform(ports, sent) }
}
