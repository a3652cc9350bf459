import type { ClientRole } from '../access/roles.ts'
import { type Day, printedDay } from '../billing/calendar.ts'
import type { Kopecks } from '../money.ts'
import type { Measure } from '../operator/measure.ts'
import type { Moment } from '../time.ts'
import { accountWords } from './account.ts'
import { amount } from './figures.ts'
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

/** Documents of a register that its device has not sent for a day. */
export type UnsentMatter = {
  kind: 'unsent'
  register: number
  place: string
  count: number
  since: Moment
}
/** A receipt of a register that nobody has settled for an hour. */
export type RedMatter = {
  kind: 'red'
  register: number
  place: string
  count: number
  since: Moment
}
/** A paid period that ends soon and will not be renewed, for one of two causes. */
export type EndingMatter = {
  kind: 'ending' | 'ending-no-funds'
  serial: string
  account: string
  until: Day
}
/** A period that was not renewed, for want of money. */
export type LapsedMatter = { kind: 'lapsed'; serial: string; account: string; on: Day }
/** A business day that the bank closed with other totals than the terminal's. */
export type UnbalancedMatter = {
  kind: 'unbalanced'
  terminal: string
  bank: string
  day: number
  at: Moment
}
/**
 * A tariff that a client's tills are renewed by costs other from a day on. `price` and `before` in
 * kopecks; `undone`: it will not, `in-force`: it does.
 */
export type RepricedMatter = {
  kind: 'repriced'
  tariff: string
  price: Kopecks
  before: Kopecks
  from: Day
  fate: 'ahead' | 'undone' | 'in-force'
}
export type OperatorMatter = MeasureMatter | UnsentMatter | RedMatter
export type OfficeMatter = EndingMatter | LapsedMatter | UnbalancedMatter | RepricedMatter

/** What a letter is written by beside its facts; `address`: where people find the cabinet. */
export type LetterContext = { told: 'begun' | 'over' | 'once'; now: Moment; address: string }
type Letter = { subject: string; text: string }

/** What the operator writes of at the moment `now`. */
export function operatorMail(
  language: Language,
  facts: OperatorMatter | InvitationLetter,
  context: LetterContext,
): Letter {
  switch (facts.kind) {
    case 'invitation':
      return invitationMail(language, facts, { cabinet: 'operator', address: context.address })
    case 'unsent':
      return unsentMail(language, facts, context)
    case 'red':
      return redMail(language, facts, context)
    case 'warning':
    case 'block':
      return measureMail(language, facts, context)
    default:
      return facts satisfies never
  }
}

/** What the office writes of. */
export function officeMail(
  language: Language,
  facts: OfficeMatter | InvitationLetter,
  { told, address }: LetterContext,
): Letter {
  const words = mailWords[language]
  const link = words.cabinet(address)
  const isOver = told === 'over'
  switch (facts.kind) {
    case 'invitation':
      return invitationMail(language, facts, { cabinet: 'office', address })
    case 'ending':
    case 'ending-no-funds': {
      const { kind, serial, account, until } = facts
      if (isOver) return { subject: words.subscriptionOver(serial), text: paragraphs(link) }
      const text = paragraphs(words.endingHow[kind], words.endingNext(account), link)
      return { subject: words.ending(serial, printedDay(until)), text }
    }
    case 'lapsed': {
      const { serial, account, on } = facts
      if (isOver) return { subject: words.subscriptionOver(serial), text: paragraphs(link) }
      const text = paragraphs(words.lapsedHow(printedDay(on)), words.lapsedNext(account), link)
      return { subject: words.lapsed(serial), text }
    }
    case 'unbalanced': {
      const { terminal, bank, day, at } = facts
      if (isOver) return { subject: words.balanced(day, terminal), text: paragraphs(link) }
      const text = paragraphs(words.unbalancedHow(at, bank), words.unbalancedNext, link)
      return { subject: words.unbalanced(day, terminal), text }
    }
    case 'repriced':
      return repricedMail(language, facts, link)
    default:
      return facts satisfies never
  }
}

function repricedMail(
  language: Language,
  { tariff, price, before, from, fate }: RepricedMatter,
  link: string,
): Letter {
  const words = mailWords[language]
  const [now, then, day] = [amount(before), amount(price), printedDay(from)]
  switch (fate) {
    case 'ahead': {
      const text = paragraphs(words.repricedHow(now, then), words.repricedPaid, link)
      return { subject: words.repriced(tariff, day), text }
    }
    case 'undone':
      return {
        subject: words.repricedUndone(tariff, day),
        text: paragraphs(words.staysAt(now), link),
      }
    case 'in-force':
      return {
        subject: words.repricedNow(tariff, then),
        text: paragraphs(words.repricedPaid, link),
      }
    default:
      return fate satisfies never
  }
}

function unsentMail(
  language: Language,
  { register: number, place, count, since }: UnsentMatter,
  { told, address }: LetterContext,
): Letter {
  const words = mailWords[language]
  const register = `№ ${number}`
  const [where, link] = [words.place(place), words.cabinet(address)]
  if (told === 'over') return { subject: words.unsentOver(register), text: paragraphs(where, link) }
  const text = paragraphs(where, words.unsentHow(count, since), words.unsentNext, link)
  return { subject: words.unsent(register), text }
}

function redMail(
  language: Language,
  { register: number, place, count, since }: RedMatter,
  { told, address }: LetterContext,
): Letter {
  const words = mailWords[language]
  const register = `№ ${number}`
  const [where, link] = [words.place(place), words.cabinet(address)]
  if (told === 'over') return { subject: words.redOver(register), text: paragraphs(where, link) }
  const text = paragraphs(where, words.redHow(count, since), words.redNext, link)
  return { subject: words.red(register), text }
}

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
