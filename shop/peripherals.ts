import type { CardRead } from '#core/card/request.ts'
import type { Printed, PrintJob } from '#services/register/links/printer.ts'
import type { Reader } from '#services/register/links/reader.ts'
import type { Print } from '#services/register/operating/printing.ts'
import type { Mail, MailAnswer, Post } from '#services/runtime/mail.ts'

/** A card reader on which a card lies or none; with none it waits until it is called off. */
export function openReader() {
  const reader: { card: CardRead | null; read: Reader } = {
    card: null,
    read: async (_, { signal }) => {
      if (reader.card) return { kind: 'read', card: reader.card }
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      return { kind: 'cancelled' }
    },
  }
  return reader
}

/** A mail server, every letter that it was given, and what it answers to the next: else «taken». */
export function openMailbox() {
  const letters: Mail[] = []
  const answers: MailAnswer[] = []
  const post: Post = {
    send: async (mail) => {
      letters.push(mail)
      return answers.shift() ?? { fate: 'taken', said: '' }
    },
    close: () => {},
  }
  return { letters, answers, post }
}

/** A printer, every paper that it was given, and what it answers to the next ones: else «done». */
export function openPrinter() {
  const papers: PrintJob[] = []
  const answers: Printed[] = []
  const print: Print = async (job) => {
    papers.push(job)
    return answers.shift() ?? { kind: 'done' }
  }
  return { papers, answers, print }
}
