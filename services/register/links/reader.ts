import { connect } from 'node:net'
import { parseJson } from '#core/api/json.ts'
import { LONGEST_LINE, type ReaderRequest, readerAnswer } from '#core/api/reader.ts'
import type { CardRead } from '#core/card/request.ts'

export type Reading =
  | { kind: 'read'; card: CardRead }
  | { kind: 'cancelled' | 'late' | 'no-reader' }

export type Reader = (
  request: ReaderRequest['read'],
  bounds: { deadlineMs: number; signal: AbortSignal },
) => Promise<Reading>

/**
 * Asks the card reader at host:port for a card. Closing the line takes the request back, so that a
 * card shown too late is nobody's. What is read stays in memory alone.
 */
export const openReader =
  ({ host, port }: { host: string; port: number }): Reader =>
  (read, { deadlineMs, signal }) =>
    new Promise((resolve) => {
      const late = AbortSignal.timeout(deadlineMs)
      const socket = connect({ host, port, noDelay: true })
      let heard = ''
      const finish = (reading: Reading) => {
        late.removeEventListener('abort', onLate)
        signal.removeEventListener('abort', onCancelled)
        resolve(reading)
        socket.destroy()
      }
      const onLate = () => finish({ kind: 'late' })
      const onCancelled = () => finish({ kind: 'cancelled' })
      late.addEventListener('abort', onLate)
      signal.addEventListener('abort', onCancelled)
      if (signal.aborted) onCancelled()
      socket.setEncoding('utf8')
      socket.on('connect', () => socket.write(`${JSON.stringify({ read })}\n`))
      socket.on('error', () => finish({ kind: 'no-reader' }))
      socket.on('close', () => finish({ kind: 'no-reader' }))
      socket.on('data', (part: string) => {
        heard += part
        if (heard.length > LONGEST_LINE) return finish({ kind: 'no-reader' })
        const end = heard.indexOf('\n')
        if (end < 0) return
        const answer = readerAnswer.safeParse(parseJson(heard.slice(0, end)))
        finish(answer.success ? { kind: 'read', card: answer.data.card } : { kind: 'no-reader' })
      })
    })
