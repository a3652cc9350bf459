import type { CardRead } from '#core/card/request.ts'
import type { Printed, PrintJob } from '#services/register/links/printer.ts'
import type { Reader } from '#services/register/links/reader.ts'
import type { Print } from '#services/register/operating/printing.ts'

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
