import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export type Received = {
  id: string
  to: string
  subject: string
  text: string
  html?: string
  /** Pictures beside it: their names within it, their types and bytes. */
  pictures?: { name: string; type: string; bytes: number }[]
}

/** An SMTP server that keeps what it takes; `answer` may refuse a message by a code of its own. */
export async function aMailServer(answer: () => number | null = () => null) {
  const received: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: async (stream, session, end) => {
      const parsed = await PostalMime.parse(Buffer.concat(await stream.toArray()))
      const code = answer()
      if (code !== null) {
        end(Object.assign(new Error('no'), { responseCode: code }))
        return
      }
      received.push({
        id: parsed.messageId ?? '',
        to: session.envelope.rcptTo.map(({ address }) => address).join(),
        subject: parsed.subject ?? '',
        text: parsed.text ?? '',
        ...(parsed.html !== undefined && { html: parsed.html }),
        ...(parsed.attachments.length > 0 && {
          pictures: parsed.attachments.map(({ contentId = '', mimeType, content }) => ({
            name: contentId,
            type: mimeType,
            bytes: typeof content === 'string' ? content.length : content.byteLength,
          })),
        }),
      })
      end()
    },
  })
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const { port } = listening.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  }
}
