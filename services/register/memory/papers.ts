import type { PaperLanguage } from '#core/api/register-settings.ts'
import type { Printable } from '#core/document/print.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'

/** What is to be printed: a document lies with its operation and is not copied into the queue. */
export type QueuedPaper =
  | { is: 'operation'; id: string; copy?: true }
  | { is: 'correction'; id: string }
  | { is: 'reversal'; id: string }
  | { is: 'slip'; id: string; holder: 'client' | 'merchant' }
  | Extract<Printable, { is: 'x-report' | 'trade' }>

export type QueuedJob = {
  id: number
  /** Null for a paper that is no operation's own: a copy, an X-report. */
  operation: string | null
  paper: QueuedPaper
  /** How often it was begun and its fate is unknown. */
  begun: number
}

export type Papers = ReturnType<typeof openPapers>

/** The durable queue of papers. A job begun and not done may be on paper already. */
export function openPapers(db: Sqlite) {
  const next = db.prepare('select * from print_job where done_at is null order by id limit 1')
  const waiting = db.prepare('select count(*) n from print_job where done_at is null')
  const printed = db.prepare('select 1 from print_job where done_at is not null limit 1')
  const insert = db.prepare('insert into print_job(operation, paper) values (?, ?)')
  const begun = db.prepare(
    `update print_job set begun = begun + 1, language = coalesce(language, ?) where id = ?
     returning language`,
  )
  const unbegun = db.prepare('update print_job set begun = begun - 1 where id = ?')
  const done = db.prepare('update print_job set done_at = ? where id = ?')
  const queue = (paper: QueuedPaper, operation: string | null): number =>
    Number(insert.run(operation, JSON.stringify(paper)).lastInsertRowid)
  return {
    queue,
    /** The bank's slips of an operation: one for the client, one that stays. */
    slips: (id: string): void => {
      for (const holder of ['client', 'merchant'] as const) queue({ is: 'slip', id, holder }, null)
    },
    next: (): QueuedJob | null => {
      const row = next.get()
      if (!row) return null
      return {
        id: Number(row.id),
        operation: row.operation === null ? null : String(row.operation),
        paper: JSON.parse(String(row.paper)) as QueuedPaper,
        begun: Number(row.begun),
      }
    },
    waiting: () => Number(waiting.get()?.n),
    /** Some paper came out, ever. */
    hasPrinted: (): boolean => printed.get() !== undefined,
    /**
     * Written before the paper moves: from here on its fate may be unknown. Answers the language
     * that it is printed in, now and whenever it is repeated.
     */
    begin: (id: number, language: PaperLanguage): PaperLanguage =>
      begun.get(language, id)?.language === 'be' ? 'be' : 'ru',
    /** The printer provably never began it: as if it had not been tried. */
    unbegin: (id: number) => unbegun.run(id),
    done: (id: number, at: number) => done.run(at, id),
  }
}
