import type { ClientRole } from '../access/roles.ts'
import type { Measure } from '../operator/measure.ts'
import type { Moment } from '../time.ts'
import { accountWords } from './account.ts'
import type { InEvery, Language } from './language.ts'
import { mailBe } from './mail/be.ts'
import { mailEn } from './mail/en.ts'
import { type MailWords, mailRu } from './mail/ru.ts'

const mailWords: InEvery<MailWords> = { ru: mailRu, be: mailBe, en: mailEn }

/** A warning or a block of a register, as mail tells of it. */
export type MeasureMatter = Measure & { register: number; place: string }

/** An invitation to a client's cabinet; whoever has the token chooses a password. */
export type InvitationLetter = {
  kind: 'invitation'
  token: string
  company: string
  role: ClientRole
  until: Moment
}

/** What a letter is written by beside its facts; `address`: where people find the cabinet. */
export type LetterContext = { told: 'begun' | 'over' | 'once'; now: Moment; address: string }
type Letter = { subject: string; text: string }

/** What the operator writes of at the moment `now`. */
export const operatorMail = (
  language: Language,
  facts: MeasureMatter | InvitationLetter,
  context: LetterContext,
): Letter =>
  facts.kind === 'invitation'
    ? invitationMail(language, facts, { cabinet: 'operator', address: context.address })
    : measureMail(language, facts, context)

/** What the office writes of. */
export const officeMail = (
  language: Language,
  facts: InvitationLetter,
  { address }: LetterContext,
): Letter => invitationMail(language, facts, { cabinet: 'office', address })

function invitationMail(
  language: Language,
  { token, company, role, until }: InvitationLetter,
  { cabinet, address }: { cabinet: 'operator' | 'office'; address: string },
): Letter {
  const words = mailWords[language]
  const { roles } = accountWords[language].people
  const text = paragraphs(
    words.invited(company, words.cabinets[cabinet], roles[role]),
    words.inviteHow(until),
    `${address}/#/join/${token}`,
    words.notMine,
  )
  return { subject: words.invitation(company, words.cabinets[cabinet]), text }
}

function measureMail(
  language: Language,
  { kind, register: number, place, reason, from, till }: MeasureMatter,
  { told, now, address }: LetterContext,
): Letter {
  const words = mailWords[language]
  const register = `№ ${number}`
  const [where, why, link] = [words.place(place), words.reason(reason), words.cabinet(address)]
  if (told === 'over') {
    const [subject, after] =
      kind === 'block'
        ? [words.blockOver(register), [words.worksAgain]]
        : [words.warningOver(register), []]
    return { subject, text: paragraphs(where, why, ...after, link) }
  }
  const isAhead = from > now
  const when = [
    ...(isAhead ? [words.from(from)] : []),
    till === null ? words.untilLifted : words.till(till),
  ]
  if (kind === 'warning') {
    return {
      subject: words.warning(register),
      text: paragraphs(where, why, ...when, words.next, link),
    }
  }
  return {
    subject: isAhead ? words.blockAhead(register, from) : words.block(register),
    text: paragraphs(where, why, ...when, words.shiftMayEnd, words.next, link),
  }
}

const paragraphs = (...lines: string[]): string => `${lines.join('\n\n')}\n`
