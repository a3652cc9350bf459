import {
  Agent,
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http'
import { pipeline } from 'node:stream'
import { parseJson } from '#core/api/json.ts'
import type { CountName } from '#core/api/stand.ts'
import { fiscalActions, message, snakeCase } from '#core/api/tsrv.ts'
import { httpBounds, type Recognise } from '#services/runtime/listen.ts'
import { keepHttpPlaces } from '#services/runtime/places.ts'
import type { Address } from './line.ts'

/** The service refuses a longer message: it can make no document and passes unread. */
const LONGEST_MESSAGE = 1_000_000
/** Longer than clients keep a connection by the service's own hint, so that they let go first. */
const KEEP_ALIVE_MS = 60_000
const DEADLINE_MS = 60_000

type Way = {
  to: Address
  agent: Agent
  /** True when the fault strikes this command; the command is then counted. */
  spend: (fault: CountName) => boolean
}

/**
 * Stands before the SKO service at its public address and passes everything on as it came. Two
 * faults of the wire act here (R15): a command lost on its way, and a lost answer to one carried
 * out. Whoever cannot be passed on, or not to the end, is hung up on without an answer.
 */
export function skoServer({
  to,
  spend,
  recognise = () => null,
}: Omit<Way, 'agent'> & { recognise?: Recognise | undefined }): Server {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  const server = createServer(httpBounds, (incoming, outgoing) => {
    void passOn(incoming, outgoing, { to, agent, spend })
  })
  keepHttpPlaces(server, recognise)
  server.keepAliveTimeout = KEEP_ALIVE_MS
  server.on('close', () => agent.destroy())
  return server
}

async function passOn(incoming: IncomingMessage, outgoing: ServerResponse, way: Way) {
  const hangUp = () => void incoming.socket.destroy()
  const isLong = Number(incoming.headers['content-length'] ?? 0) > LONGEST_MESSAGE
  const body = isLong ? incoming : await readMessage(incoming)
  if (body === null) return hangUp()
  const isFiscal = body instanceof Buffer && makesDocument(incoming, body)
  if (isFiscal && way.spend('sko.request-lost')) return hangUp()
  const isAnswerLost = isFiscal && way.spend('sko.answer-lost')
  const onward = request({
    ...way.to,
    agent: way.agent,
    timeout: DEADLINE_MS,
    method: incoming.method,
    path: incoming.url,
    // Its connections carry whoever comes: who is known on one of them is not the next one.
    headers: [...incoming.rawHeaders, 'Via', `${incoming.httpVersion} stand`],
  })
  onward.on('timeout', () => onward.destroy())
  onward.on('error', hangUp)
  onward.on('response', (answer) => {
    // A client that has left meanwhile needs no answer either.
    if (!isAnswerLost && !outgoing.destroyed) return passBack(answer, outgoing)
    answer.on('error', hangUp)
    answer.on('close', hangUp)
    answer.resume()
  })
  // A client that leaves changes nothing for a command that arrived whole.
  if (body instanceof Buffer) onward.end(body)
  else pipeline(body, onward, () => {})
}

function passBack(answer: IncomingMessage, outgoing: ServerResponse): void {
  outgoing.sendDate = false
  outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders)
  // An answer that breaks off on its way breaks off for the client too.
  pipeline(answer, outgoing, () => {})
}

/** The whole body; null when it broke off or is longer than any message. */
function readMessage(incoming: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const parts: Buffer[] = []
    let size = 0
    incoming.on('data', (part: Buffer) => {
      size += part.length
      if (size > LONGEST_MESSAGE) resolve(null)
      else parts.push(part)
    })
    incoming.on('end', () => resolve(Buffer.concat(parts)))
    incoming.on('error', () => resolve(null))
    incoming.on('close', () => resolve(null))
  })
}

/** A message that asks the device for a document; a repeat is one too, an inquiry is not (R15). */
function makesDocument({ method, url }: IncomingMessage, body: Buffer): boolean {
  if (method !== 'POST' || url?.split('?')[0] !== '/tsrv') return false
  const parsed = message.safeParse(parseJson(body.toString('utf8')))
  const action = parsed.data?.headers.action
  return typeof action === 'string' && Object.hasOwn(fiscalActions, snakeCase(action))
}
