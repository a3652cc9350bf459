import { createTransport } from 'nodemailer'
import { z } from 'zod'
import { SECOND } from '#core/time.ts'
import { readSecret } from './secret-file.ts'

/** A message; `id` is a UUID that stays when it is sent again, so that it may be seen to be one. */
export type Mail = { id: string; to: string; subject: string; text: string }

/**
 * What became of a message: `taken` by the server, `refused` for ever by it, or `unknown`: it may
 * have been taken, or will be another time.
 */
export type MailFate = 'taken' | 'refused' | 'unknown'
export type Post = { send: (mail: Mail) => Promise<MailFate>; close: () => void }

/** Settings of whoever sends mail, by the names of its environment. */
export const mailSettings = {
  /** The server, `smtp://` or `smtps://`, with a user where it wants one; else no mail goes. */
  ZPOS_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** File, mode 0600, of that user's password. */
  ZPOS_SMTP_PASSWORD: z.string().min(1).optional(),
  ZPOS_MAIL_FROM: z.email().default('zpos@localhost.localdomain'),
}
type MailSettings = z.output<z.ZodObject<typeof mailSettings>>

const DEADLINE_MS = 15 * SECOND

/** A sender by the settings; null: they name no server. */
export function openPost(settings: MailSettings): Post | null {
  const { ZPOS_SMTP_URL: url, ZPOS_SMTP_PASSWORD: file, ZPOS_MAIL_FROM: from } = settings
  if (url === undefined) return null
  const { protocol, hostname: host, port, username } = new URL(url)
  const user = decodeURIComponent(username)
  const transport = createTransport({
    host,
    port: port === '' ? undefined : Number(port),
    secure: protocol === 'smtps:',
    ...(user !== '' && { auth: { user, pass: file === undefined ? '' : readSecret(file) } }),
    connectionTimeout: DEADLINE_MS,
    greetingTimeout: DEADLINE_MS,
    socketTimeout: DEADLINE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = from.slice(from.indexOf('@') + 1)
  return {
    send: async ({ id, to, subject, text }) => {
      const messageId = `<${id}@${domain}>`
      // No holiday message answers it, no list of people is asked to (RFC 3834).
      const headers = { 'auto-submitted': 'auto-generated' }
      try {
        await transport.sendMail({ from, to, subject, text, messageId, headers })
        return 'taken'
      } catch (error) {
        return isForGood(error) ? 'refused' : 'unknown'
      }
    },
    close: () => transport.close(),
  }
}

/** The server said that it will never take this message to this person (RFC 5321, 4.2.1). */
function isForGood(error: unknown): boolean {
  const said = z.object({ responseCode: z.int(), command: z.string() }).safeParse(error).data
  return said !== undefined && said.responseCode >= 500 && /RCPT|DATA/.test(said.command)
}
