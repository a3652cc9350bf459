import { Agent, request } from 'node:http'
import type { Send, SentRequest } from '#core/api/client.ts'
import { PASS } from './pass.ts'

const MAX_REPLY = 4_000_000

/**
 * Sends over HTTP to `base` and knows on which side of the wire a failure fell: `unsent` only when
 * no connection was ever made, `lost` for everything after it. Never follows, never repeats.
 */
export function httpSend(
  base: string,
  {
    deadlineMs,
    headers = {},
    pass,
  }: {
    deadlineMs: number
    headers?: Record<string, string>
    /** What is shown at the door, see pass.ts. */
    pass?: () => string
  },
): Send & { close: () => void } {
  const { hostname: host, port } = new URL(base)
  const agent = new Agent({ keepAlive: true, maxSockets: 32, keepAliveMsecs: 10_000 })
  const send = ({ method, path, body, headers: own = {} }: SentRequest) =>
    new Promise<Awaited<ReturnType<Send>>>((resolve) => {
      let connected = false
      const outgoing = request({
        host,
        port,
        path,
        method,
        agent,
        headers: {
          ...headers,
          ...own,
          ...(pass && { [PASS]: pass() }),
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
        },
      })
      const fail = (why: string) => resolve(connected ? { lost: why } : { unsent: why })
      const timer = setTimeout(() => outgoing.destroy(new Error('deadline')), deadlineMs)
      outgoing.on('close', () => {
        clearTimeout(timer)
        // A line may end with neither an answer nor an error: so it does behind «101 Switching».
        fail('closed')
      })
      outgoing.on('socket', (socket) => {
        if (!socket.connecting) connected = true
        else socket.once('connect', () => (connected = true))
      })
      outgoing.on('error', (error) => fail(error.message))
      outgoing.on('response', (incoming) => {
        const parts: Buffer[] = []
        let size = 0
        incoming.on('data', (part: Buffer) => {
          size += part.length
          if (size > MAX_REPLY) outgoing.destroy(new Error('reply too large'))
          else parts.push(part)
        })
        incoming.on('error', (error) => fail(error.message))
        incoming.on('aborted', () => fail('answer cut'))
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body: Buffer.concat(parts).toString('utf8'),
          }),
        )
      })
      outgoing.end(body)
    })
  return Object.assign(send, { close: () => agent.destroy() })
}
