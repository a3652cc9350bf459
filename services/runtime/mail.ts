import { Socket } from 'node:net'
import { createTransport } from 'nodemailer'
import { z } from 'zod'
import { SECOND } from '#core/time.ts'
import { readSecret } from './secret-file.ts'

/** A message; `id` is a UUID that stays when it is sent again, so that it may be seen to be one. */
export type Mail = {
  id: string
  to: string
  subject: string
  text: string
  /** The same as a page; it shows a picture by `cid:` and its name. */
  html?: string
  pictures?: readonly { name: string; png: Uint8Array }[]
}

/**
 * What became of a message: `taken` by the server, `refused` for ever by it, or `unknown`: it may
 * have been taken, or will be another time. `said`: by the server, or by the line to it.
 */
export type MailFate = 'taken' | 'refused' | 'unknown'
export type MailAnswer = { fate: MailFate; said: string }
export type Post = { send: (mail: Mail) => Promise<MailAnswer>; close: () => void }

/** Settings of whoever sends mail, by the names of its environment. */
export const mailSettings = {
  /** The server, `smtp://` or `smtps://`, with a user where it wants one; else no mail goes. */
  ZPOS_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** File, mode 0600, of that user's password. */
  ZPOS_SMTP_PASSWORD: z.string().min(1).optional(),
  ZPOS_MAIL_FROM: z.email().default('zpos@localhost.localdomain'),
}
type MailSettings = z.output<z.ZodObject<typeof mailSettings>>

/** Of one silence of the server's, and of everything that it may be spoken to for one message. */
const DEADLINE_MS = 15 * SECOND
const WHOLE_DEADLINE_MS = 60 * SECOND
/** A message that is longer is not begun: no server of today refuses less than this. */
const LONGEST_MAIL = 5_000_000

/** A sender by the settings; null: they name no server. */
export function openPost(
  settings: MailSettings,
  { wholeMs = WHOLE_DEADLINE_MS }: { wholeMs?: number } = {},
): Post | null {
  const { ZPOS_SMTP_URL: url, ZPOS_SMTP_PASSWORD: file, ZPOS_MAIL_FROM: from } = settings
  if (url === undefined) return null
  const { protocol, hostname: host, port, username } = new URL(url)
  const user = decodeURIComponent(username)
  const open = new Set<Socket>()
  const over = (socket: Socket) =>
    createTransport({
      socket,
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
  const deliver = async (mail: Mail, line: Socket) => {
    const { id, to, subject, text, html, pictures = [] } = mail
    if (lengthOf(mail) > LONGEST_MAIL) return refusedAs('too long')
    await over(line).sendMail({
      from,
      // An address is one, whatever stands in it: nothing of it is read as a list or a name.
      to: { name: '', address: to },
      subject,
      text,
      html,
      attachments: pictures.map(({ name, png }) => ({
        cid: name,
        filename: `${name}.png`,
        contentType: 'image/png',
        contentDisposition: 'inline',
        content: Buffer.from(png),
      })),
      messageId: `<${id}@${domain}>`,
      // No holiday message answers it, no list of people is asked to (RFC 3834).
      headers: { 'auto-submitted': 'auto-generated' },
    })
    return { fate: 'taken', said: '' } as const
  }
  return {
    send: async (mail) => {
      // The line is ours, so that a server that talks without end is left all the same.
      const line = new Socket()
      open.add(line)
      const late = setTimeout(() => line.destroy(new Error('no answer in time')), wholeMs)
      try {
        return await deliver(mail, line)
      } catch (error) {
        return { fate: isForGood(error) ? 'refused' : 'unknown', said: saidBy(error) }
      } finally {
        clearTimeout(late)
        open.delete(line)
        line.destroy()
      }
    },
    close: () => {
      for (const line of open) line.destroy()
    },
  }
}

const refusedAs = (said: string) => ({ fate: 'refused', said }) as const

const lengthOf = ({ text, html = '', pictures = [] }: Pick<Mail, 'text' | 'html' | 'pictures'>) =>
  Buffer.byteLength(text) +
  Buffer.byteLength(html) +
  pictures.reduce((bytes, { png }) => bytes + png.length, 0)

const ofServer = z.object({ responseCode: z.int(), command: z.string() })

/** The server said that it will never take this message to this person (RFC 5321, 4.2.1). */
function isForGood(error: unknown): boolean {
  const said = ofServer.safeParse(error).data
  return said !== undefined && said.responseCode >= 500 && /RCPT|DATA/.test(said.command)
}

/** The server's own line where it said one, else what became of the line to it. */
function saidBy(error: unknown): string {
  const read = z.object({ response: z.string() }).safeParse(error).data
  return read?.response ?? (error instanceof Error ? error.message : String(error))
}
