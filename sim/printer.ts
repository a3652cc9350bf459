import { paperWords } from '#core/words/paper.ts'
import type { Printed, PrintJob } from '#services/register/links/printer.ts'
import type { Dice } from './dice.ts'

export type Printer = ReturnType<typeof openPrinter>

/** The printer on the till, and the papers that came out of it. */
export function openPrinter(dice: Dice) {
  const state = { noPaper: false, trouble: 0 }
  /** Uids of documents that are on paper. */
  const papers = new Set<string>()
  /** Jobs that may be on paper already. */
  let begun = new Set<number>()
  let unmarked: number | null = null
  return {
    state,
    papers,
    /** A job that was printed twice without saying so (R8). */
    unmarked: () => unmarked,
    /** The register's memory was put back: it gives the same names to other jobs. */
    forget: () => {
      begun = new Set()
    },
    print: async ({ id, rows }: PrintJob): Promise<Printed> => {
      if (state.noPaper) return { kind: 'refused', code: 'no-paper' }
      const isTrouble = dice.chance(state.trouble)
      if (isTrouble && dice.chance(0.5)) return { kind: 'unsent', why: 'refused' }
      const text = JSON.stringify(rows)
      if (begun.has(id) && !text.includes(paperWords.ru.repeat)) unmarked = id
      begun.add(id)
      const isCut = isTrouble && dice.chance(0.5)
      if (!isCut) for (const [uid] of text.matchAll(/[0-9A-F]{24}/g)) papers.add(uid)
      return isTrouble ? { kind: 'unknown', why: 'no-answer' } : { kind: 'done' }
    },
  }
}
