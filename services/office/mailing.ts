import type { OfficeNotice } from '#core/notices.ts'
import { type OfficeMatter, officeMail } from '#core/words/mail.ts'
import { chance, type Repeat, type Repeating, repeat } from '#services/runtime/clock.ts'
import type { Post } from '#services/runtime/mail.ts'
import { openMatters } from '#services/runtime/matters.ts'
import type { OfficePorts } from './ports.ts'
import { officeMatters } from './store/matters.ts'

type MailingPorts = Pick<OfficePorts, 'db' | 'clock' | 'log'> & {
  post: Post
  /** Where people find the cabinet. */
  cabinetUrl: string
  /** What drives it; the runtime's own where it is not given. */
  repeat?: Repeat
}

const noticeOf: Record<OfficeMatter['kind'], OfficeNotice> = {
  ending: 'subscription',
  'ending-no-funds': 'subscription',
  repriced: 'subscription',
  lapsed: 'renewal',
  unbalanced: 'business-day',
}

/** Tells clients by mail of their subscriptions and business days, and sends invitations. */
export function startOfficeMailing(ports: MailingPorts): Repeating {
  const { db, clock, log, post, cabinetUrl: address } = ports
  const { step } = openMatters({
    db,
    clock,
    log,
    post,
    chance,
    standing: officeMatters,
    noticeOf: ({ kind }) => noticeOf[kind],
    compose: (language, facts, { told, now }) =>
      officeMail(language, facts, { told, now, address }),
  })
  return (ports.repeat ?? repeat)(step, (error) => log.error('mail', { error: String(error) }))
}
