import type { Hono } from 'hono'
import type { Send, SentRequest as Sent, SentAnswer } from '#core/api/client.ts'
import type { Exchange } from '#services/register/links/acquirer.ts'
import { isBefallen, type Life, type Process } from './process.ts'

type Reply = SentAnswer

/** Null: nobody listens there, the connection is refused. `lost`: it broke at work. */
export type Delivered = Reply | 'lost' | null

/** One wire as the shop needs it: what lies at its far end, and what is said over it. */
export type WirePlan<Name extends string> = {
  name: Name
  /** How long the real sender waits for an answer. */
  deadlineMs: number
  /** What is counted when answers or requests are to be lost: a command, not a question. */
  isCommand: (request: Sent) => boolean
  deliver: (request: Sent, headers: Record<string, string>) => Promise<Delivered>
}

export type Wire = {
  /** Sends on behalf of one life; answers what services/runtime/send.ts may answer. */
  send: (life: Life, headers?: Record<string, string>) => Send
  isWhole: () => boolean
}

export type Cut = 'whole' | 'refused' | 'silent'

/** What befalls a plain wire. */
export type WireFaults = {
  cut: Cut
  /** How many of the next commands lose their answer, or never arrive. */
  answersLost: number
  requestsLost: number
}

export type PlainWire = Wire & { faults: WireFaults }

/** A wire that takes no time, and loses what it is told to lose. */
export function openWire(plan: Pick<WirePlan<string>, 'isCommand' | 'deliver'>): PlainWire {
  const faults: WireFaults = { cut: 'whole', answersLost: 0, requestsLost: 0 }
  const isLost = (name: 'answersLost' | 'requestsLost', request: Sent): boolean => {
    if (faults[name] === 0 || !plan.isCommand(request)) return false
    faults[name] -= 1
    return true
  }
  return {
    faults,
    isWhole: () => faults.cut === 'whole',
    send:
      (life, headers = {}) =>
      async (request) => {
        // Whoever dies at handing it over has sent nothing.
        await null
        if (!life.alive) return { unsent: 'killed' }
        if (faults.cut === 'refused') return { unsent: 'ECONNREFUSED' }
        if (faults.cut === 'silent') return { lost: 'deadline' }
        if (isLost('requestsLost', request)) return { lost: 'cut' }
        const reply = await plan.deliver(request, headers)
        if (reply === null) return { unsent: 'ECONNREFUSED' }
        return reply === 'lost' || isLost('answersLost', request) ? { lost: 'cut' } : reply
      },
  }
}

export type Served = { app: Pick<Hono, 'fetch'> }

/** A process that dies at work breaks the connection; one that throws answers 500. */
export const overHttp =
  (far: Process<unknown, Served>): WirePlan<string>['deliver'] =>
  async ({ method, path, body, headers: own = {} }, headers) => {
    const listening = far.app
    if (!listening) return null
    const init = { method, headers: { ...headers, ...own }, body: body ?? null }
    const response = await listening.app.fetch(new Request(`http://127.0.0.1${path}`, init))
    const text = await response.text()
    if (far.app !== listening) return 'lost'
    return { status: response.status, body: text, headers: Object.fromEntries(response.headers) }
  }

/** The bank at the far end of a wire. Null: it closes the connection. */
export type Teller = {
  answer: (frame: Uint8Array) => Uint8Array | null | Promise<Uint8Array | null>
}

/** Frames go over a wire in hex, so that whatever befalls a message befalls them. */
export const overFrames =
  (far: Process<unknown, Teller>): WirePlan<string>['deliver'] =>
  async ({ body = '' }) => {
    const listening = far.app
    if (!listening) return null
    try {
      const frame = await listening.answer(Buffer.from(body, 'hex'))
      if (!frame || far.app !== listening) return 'lost'
      return { status: 200, body: Buffer.from(frame).toString('hex') }
    } catch (error) {
      if (isBefallen(error)) return 'lost'
      throw error
    }
  }

/** The terminal's end of a wire of frames. */
export const exchangeOver =
  (wire: Wire, life: Life): Exchange =>
  async (bytes, isAnswer) => {
    life.boundary('before sending to the bank')
    const body = Buffer.from(bytes).toString('hex')
    const got = await wire.send(life)({ method: 'POST', path: '/', body })
    life.boundary('hearing the bank')
    if (!('status' in got)) return got
    const frame = Buffer.from(got.body, 'hex')
    return got.status === 200 && isAnswer(frame) ? { frame } : { lost: 'no answer' }
  }

/**
 * Sends with a boundary of the sender's life before it and one after it. The request is in the
 * wire's hands at the first: whether that of a sender who dies there still arrives, the wire says.
 */
export const sendOver =
  (wire: Wire, life: Life): Send =>
  async (request) => {
    const answer = wire.send(life)(request)
    life.boundary('before sending')
    const heard = await answer
    life.boundary('hearing an answer')
    return heard
  }
