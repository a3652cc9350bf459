import type { CardRead } from '#core/card/request.ts'
import type { PrintJob } from '#services/register/links/printer.ts'
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

/** A printer that never fails, and every paper that came out of it. */
export function openPrinter() {
  const papers: PrintJob[] = []
  const print: Print = async (job) => {
    papers.push(job)
    return { kind: 'done' }
  }
  return { papers, print }
}
