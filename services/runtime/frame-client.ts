import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { framed, takeFrame } from './frames.ts'

/** Whose certificate is believed: authorities as PEM, and the name that it must be made out to. */
export type Trusted = { ca: string; name: string }

// A host may keep a line alive by empty frames; one that sends them without end says nothing.
const MOST_EMPTY = 1000

export type Exchanged = { frame: Uint8Array } | { unsent: string } | { lost: string }

/**
 * Sends one frame on a line of its own and hears frames until one is taken for its answer; others
 * are late answers to other questions. Like `httpSend` it knows on which side of the wire a failure
 * fell: `unsent` only when no connection was ever made, `lost` for everything after it.
 */
export function frameSend({
  host,
  port,
  deadlineMs,
  longest,
  tls,
}: {
  host: string
  port: number
  deadlineMs: number
  /** Bytes of the longest frame that may come; a longer one ends the exchange. */
  longest: number
  /** By TLS, with a host whose certificate is true; without it in the clear. */
  tls?: Trusted | undefined
}) {
  return (bytes: Uint8Array, isAnswer: (frame: Uint8Array) => boolean): Promise<Exchanged> =>
    new Promise((resolve) => {
      let connected = false
      let heard: Buffer = Buffer.alloc(0)
      let empty = 0
      const socket = tls
        ? connectTls({ host, port, ca: tls.ca, servername: tls.name })
        : connect({ host, port, noDelay: true })
      const finish = (outcome: Exchanged) => {
        clearTimeout(timer)
        resolve(outcome)
        socket.destroy()
      }
      const fail = (why: string) => finish(connected ? { lost: why } : { unsent: why })
      const timer = setTimeout(() => fail('deadline'), deadlineMs)
      socket.on('error', (error) => fail(error.message))
      socket.on('close', () => fail('line cut'))
      socket.on(tls ? 'secureConnect' : 'connect', () => {
        connected = true
        socket.write(framed(bytes))
      })
      socket.on('data', (part: Buffer) => {
        heard = Buffer.concat([heard, part])
        for (let frame = takeFrame(heard, longest); frame; frame = takeFrame(heard, longest)) {
          if (frame === 'bad') return fail('frame length')
          if (frame.body.length === 0 && ++empty > MOST_EMPTY) return fail('empty frames')
          const isSaid = frame.body.length > 0
          if (isSaid && isAnswer(frame.body)) return finish({ frame: Uint8Array.from(frame.body) })
          heard = frame.rest
        }
      })
    })
}
