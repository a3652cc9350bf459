import { operatorMail } from '#core/words/mail.ts'
import { chance, type Repeat, type Repeating, repeat } from '#services/runtime/clock.ts'
import type { Post } from '#services/runtime/mail.ts'
import { openMatters } from '#services/runtime/matters.ts'
import type { OperatorPorts } from './ports.ts'
import { clientMatters } from './store/matters.ts'

type MailingPorts = Pick<OperatorPorts, 'db' | 'clock' | 'log'> & {
  post: Post
  /** Where people find the cabinet. */
  cabinetUrl: string
  /** What drives it; the runtime's own where it is not given. */
  repeat?: Repeat
}

/** Tells clients by mail what is laid on their registers and when it is over. */
export function startMailing(ports: MailingPorts): Repeating {
  const { log, cabinetUrl: address } = ports
  const { step } = openMatters({
    db: ports.db,
    clock: ports.clock,
    log,
    post: ports.post,
    chance,
    standing: clientMatters,
    noticeOf: ({ kind }) => (kind === 'unsent' || kind === 'red' ? kind : 'measures'),
    compose: (language, facts, { told, now }) =>
      operatorMail(language, facts, { told, now, address }),
  })
  return (ports.repeat ?? repeat)(step, (error) => log.error('mail', { error: String(error) }))
}
