import type { JournalPlace } from '#core/card/till-report.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'

/** Lines of the journal that are looked through at once: selling must not wait for it. */
export const REPORTED_LINES = 400

/** The journal as it is told to the office: by its places, and by operations with a card. */
export function openReportReading(db: Sqlite) {
  const hashAt = db.prepare('select hash from journal where seq = ?')
  const last = db.prepare('select seq from journal order by seq desc limit 1')
  const behind = db.prepare(
    `select distinct journal.operation from journal
     join card_transaction card on card.operation = journal.operation
     where journal.seq > ? and journal.seq <= ?`,
  )
  const hashOf = (seq: number): string | null => {
    const row = hashAt.get(seq)
    return row ? String(row.hash) : null
  }
  return {
    /** It is this very journal that was told up to there. */
    isOwnPlace: ({ seq, hash }: JournalPlace): boolean => hashOf(seq) === hash,
    /** Operations with a card that have a line behind `seq`, and up to where that was looked. */
    cardStepsAfter: (seq: number): { operations: string[]; upTo: JournalPlace } | null => {
      const end = Math.min(Number(last.get()?.seq ?? 0), seq + REPORTED_LINES)
      const hash = end > seq ? hashOf(end) : null
      if (hash === null) return null
      const operations = behind.all(seq, end).map((row) => String(row.operation))
      return { operations, upTo: { seq: end, hash } }
    },
  }
}
