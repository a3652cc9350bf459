import { printedMoment } from '../../time.ts'
import type { MailWords } from './ru.ts'

const minute = (at: number): string => printedMoment(at).slice(0, 16)

export const mailEn: MailWords = {
  warning: (register) => `Register ${register}: warned of a block`,
  block: (register) => `Register ${register} is blocked by the operator`,
  blockAhead: (register, from) => `Register ${register} will be blocked on ${minute(from)}`,
  warningOver: (register) => `Register ${register}: the warning is lifted`,
  blockOver: (register) => `Register ${register} is no longer blocked`,
  place: (place) => `Where: ${place}`,
  reason: (reason) => `Reason: ${reason}`,
  from: (from) => `From ${minute(from)}`,
  till: (till) => `In force until ${minute(till)}`,
  untilLifted: 'In force until it is lifted',
  shiftMayEnd: 'An open shift may be finished and closed; no new one opens.',
  next:
    'To go on working, remove the cause or call the operator of software registers, ' +
    'ООО «Настоящая Цифровая».',
  worksAgain: 'A shift may be opened.',
  cabinets: { operator: 'operator’s cabinet', office: 'zPOS cabinet' },
  invitation: (company, cabinet) => `Invitation: ${cabinet}, ${company}`,
  invited: (company, cabinet, role) =>
    `You are invited to the ${cabinet}: ${company}, role “${role}”.`,
  inviteHow: (until) =>
    `Open the link and choose a password. It works once, until ${minute(until)}:`,
  notMine: 'If you did not expect an invitation, do nothing.',
  cabinet: (address) => `Cabinet: ${address}`,
}
