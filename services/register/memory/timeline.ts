import type { TimelineLine } from '#core/support/steps.ts'
import type { Moment } from '#core/time.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { type JournalEntry, readLine } from './journal.ts'

type Row = Record<string, unknown>

/** The journal by operations, for whoever looks at what became of them. */
export function openTimelines(db: Sqlite) {
  const lines = db.prepare(
    'select seq, at, hash, body, packed from journal where operation = ? order by seq',
  )
  const latest = db.prepare(
    `select operation from journal where type in ('begun', 'corrected')
     order by seq desc limit ?`,
  )
  const between = db.prepare(
    `select operation from journal where seq >= ? and seq < ? and operation is not null
     group by operation order by max(seq) desc limit ?`,
  )
  const at = db.prepare('select at from journal where seq = ?')
  const end = db.prepare('select coalesce(max(seq), 0) + 1 "end" from journal')
  /** Time never goes back, and no line is missing: the first line at or behind a moment. */
  const lineAt = (moment: Moment): number => {
    let from = 1
    let until = Number(end.get()?.end)
    while (from < until) {
      const middle = Math.floor((from + until) / 2)
      if (Number(at.get(middle)?.at) < moment) from = middle + 1
      else until = middle
    }
    return from
  }
  const idOf = ({ operation }: Row): string => String(operation)
  return {
    /** All that was written of an operation, in its order. */
    *timeline(id: string): Generator<TimelineLine> {
      for (const row of lines.iterate(id)) yield* lineOf(row)
    },
    /** Operations and corrections that were begun last, the newest first. */
    lastBegun: (most: number): string[] => latest.all(most).map(idOf),
    /** Those of which anything was written from a moment on and before another. */
    operationsBetween: (from: Moment, until: Moment, most: number): string[] =>
      between.all(lineAt(from), lineAt(until), most).map(idOf),
  }
}

function* lineOf(row: Row): Generator<TimelineLine> {
  const entry: JournalEntry = readLine(row)
  const line = { seq: Number(row.seq), at: Number(row.at), hash: String(row.hash) }
  if (entry.type === 'begun') {
    yield Object.assign({ is: 'begun' as const, operation: entry.operation }, line)
  } else if (entry.type === 'heard') {
    yield Object.assign({ is: 'heard' as const, event: entry.event }, line)
  } else if (entry.type === 'printed') {
    yield Object.assign({ is: 'printed' as const }, line)
  } else if (entry.type === 'corrected') {
    yield Object.assign({ is: 'corrected' as const, correction: entry.correction }, line)
  }
}
