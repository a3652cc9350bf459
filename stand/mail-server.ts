import { once } from 'node:events'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import type { CaughtMail } from '#core/api/stand.ts'
import { SECOND } from '#core/time.ts'
import type { Roll } from './roll.ts'

// The longest receipt has 500 lines, in plain text and as a page.
const LARGEST = 2_000_000
const MOST_CLIENTS = 20

type Place = { host: string; port: number; now: () => number }

/** The demo's mail server: whatever is sent by it stays here and is shown. */
export async function openMailServer({ host, port, now }: Place, mailbox: Roll<CaughtMail>) {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: LARGEST,
    maxClients: MOST_CLIENTS,
    socketTimeout: 30 * SECOND,
    onData: async (stream, { envelope }, end) => {
      try {
        const { subject = '', text = '' } = await PostalMime.parse(
          Buffer.concat(await stream.toArray()),
        )
        const to = envelope.rcptTo.map(({ address }) => address).join(', ')
        if (stream.sizeExceeded) throw new Error(`longer than ${LARGEST} bytes`)
        mailbox.append({ at: now(), to, subject, text: text.trimEnd() })
        end()
      } catch (error) {
        // Not on disk: the sender keeps it and comes again.
        end(Object.assign(new Error(String(error)), { responseCode: 451 }))
      }
    },
  })
  // Clients that hang up in the middle.
  server.on('error', () => {})
  await once(server.listen(port, host), 'listening')
  return { close: () => new Promise<void>((resolve) => server.close(resolve)) }
}
