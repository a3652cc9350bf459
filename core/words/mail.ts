import type { Measure } from '../operator/measure.ts'
import type { Moment } from '../time.ts'
import type { InEvery, Language } from './language.ts'
import { mailBe } from './mail/be.ts'
import { mailEn } from './mail/en.ts'
import { type MailWords, mailRu } from './mail/ru.ts'

const mailWords: InEvery<MailWords> = { ru: mailRu, be: mailBe, en: mailEn }

/** A warning or a block of a register, as mail tells of it. */
export type MeasureMatter = Measure & { register: number; place: string }

/** The message about a warning or a block that stands or is over at the moment `now`. */
export function measureMail(
  language: Language,
  { kind, register: number, place, reason, from, till }: MeasureMatter,
  { told, now, address }: { told: 'begun' | 'over'; now: Moment; address: string },
): { subject: string; text: string } {
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
