import type { PaperLanguage } from '#core/api/register-settings.ts'
import { QR_PICTURE, receiptLetter } from '#core/document/letter.ts'
import { receiptRows } from '#core/document/print.ts'
import { afterTry } from '#core/register/letter.ts'
import { MINUTE } from '#core/time.ts'
import { lettersWords } from '#core/words/letters.ts'
import type { Post } from '#services/runtime/mail.ts'
import { qrPicture } from '#services/runtime/qr-picture.ts'
import type { Letters, WaitingLetter } from '../memory/letters.ts'
import { readPaperLines } from '../memory/paper-lines.ts'
import type { RegisterStore } from '../memory/store.ts'

export type Mailing = { letters: Letters; canSend: boolean; step: () => Promise<number> }

export type MailingPorts = {
  store: RegisterStore
  letters: Letters
  /** Null: the till has no mail server. */
  post: Post | null
  language: () => PaperLanguage
  now: () => number
  chance: () => number
  changed: (operation: string | null) => void
}

const IDLE_MS = MINUTE

/** Sends receipts to customers, apart from the sale and one at a time (N13). */
export function openMailing(ports: MailingPorts): Mailing {
  const { letters, post, now, chance, changed } = ports
  return {
    letters,
    canSend: post !== null,
    /** Sends one letter; answers how long to rest before the next. */
    step: async () => {
      letters.forget(now())
      const due = post && letters.take(now())
      if (!due) return restOf(letters.nextAt(), now())
      const mail = composed(ports, due)
      const answer = mail ? await post.send(mail) : NO_RECEIPT
      letters.step(due.id, afterTry(due, answer, { now: now(), chance: chance() }))
      changed(null)
      return 0
    },
  }
}

const NO_RECEIPT = { fate: 'refused', said: '' } as const

const restOf = (nextAt: number | null, now: number): number =>
  nextAt === null ? IDLE_MS : Math.max(1, Math.min(IDLE_MS, nextAt - now))

/** The receipt as its paper is, in the language of the shop's papers. */
function composed({ store, language }: MailingPorts, { id, operation, email }: WaitingLetter) {
  const spoken = language()
  const found = store.operation(operation)
  const { signed, begunAt } = found ?? {}
  const words = lettersWords[spoken]
  if (!signed || begunAt === undefined) return null
  const { document, sealed } = signed
  const own = readPaperLines(store.paperLinesAt(begunAt))
  const rows = receiptRows({ is: 'document', document, uid: sealed.uid, own }, spoken)
  const title = words.subject(document.issuer.company, document.number)
  const { text, html, qr } = receiptLetter(rows, { language: spoken, title })
  const pictures = qr === null ? [] : [{ name: QR_PICTURE, png: qrPicture(qr) }]
  return { id, to: email, subject: title, text, html, pictures }
}
