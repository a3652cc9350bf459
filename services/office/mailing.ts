import { SECOND } from '#core/time.ts'
import { type InvitationLetter, officeMail } from '#core/words/mail.ts'
import { chance, type Repeat, type Repeating, repeat } from '#services/runtime/clock.ts'
import type { Post } from '#services/runtime/mail.ts'
import { sendLetter } from '#services/runtime/outbox.ts'
import type { OfficePorts } from './ports.ts'

const REST_MS = 5 * SECOND

type MailingPorts = Pick<OfficePorts, 'db' | 'clock' | 'log'> & {
  post: Post
  /** Where people find the cabinet. */
  cabinetUrl: string
  /** What drives it; the runtime's own where it is not given. */
  repeat?: Repeat
}

/** Sends what the office has written to people. */
export function startOfficeMailing(ports: MailingPorts): Repeating {
  const { db, clock, log, post, cabinetUrl: address } = ports
  const step = async () => {
    const sent = await sendLetter<InvitationLetter>({
      db,
      clock,
      log,
      post,
      chance,
      compose: (language, facts, { told, now }) =>
        officeMail(language, facts, { told, now, address }),
    })
    return sent ? 0 : REST_MS
  }
  return (ports.repeat ?? repeat)(step, (error) => log.error('mail', { error: String(error) }))
}
