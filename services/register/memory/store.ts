import { join } from 'node:path'
import type { Lent } from '#core/access/lent.ts'
import type { Grant } from '#core/access/receipt.ts'
import type { CardDay } from '#core/card/business-day.ts'
import type { ShiftCounters } from '#core/document/report.ts'
import type { SignedMeasures } from '#core/operator/statement.ts'
import type { CashUp } from '#core/register/cash-up.ts'
import type { Correction } from '#core/register/correction.ts'
import { type Event, heard, type Operation } from '#core/register/operation.ts'
import type { Replacement } from '#core/register/replacement.ts'
import { openSqlite, type Sqlite, tx } from '#services/runtime/sqlite.ts'
import { actsOfEntry } from './act-of-entry.ts'
import { openActs } from './acts.ts'
import { openJournal } from './journal.ts'
import { openOperations } from './operations.ts'
import { openPapers, type Papers, type QueuedJob } from './papers.ts'
import { type JournalLine, openProjection } from './projection.ts'
import { openReading } from './reading.ts'
import { tagFormer } from './receipt-tags.ts'

export type RegisterStore = ReturnType<typeof openRegisterStore>

export const REGISTER_SCHEMA = join(import.meta.dirname, 'schema')

export function openRegisterDb(path: string): Sqlite {
  const db = openSqlite(path, REGISTER_SCHEMA)
  // What is forgotten of a person is overwritten, where that costs no page more.
  db.exec('pragma secure_delete = fast')
  tagFormer(db, openOperations(db))
  return db
}

const isUndoing = ({ state }: Operation): boolean => state.is === 'reversing' && !state.held

/** The papers of a step. */
function queueFor(papers: Papers, before: Operation, after: Operation): void {
  const { id } = after
  // A document is printed once it is seen; a person's word about one is no document.
  const isNew = before.signed === null && after.signed !== null
  if (isNew) papers.queue({ is: 'operation', id }, id)
  if (isNew && after.card?.approval) papers.slips(id)
  // R8: one paper, made when the cancellation is decided.
  if (isUndoing(after) && !isUndoing(before)) papers.queue({ is: 'reversal', id }, null)
}

/**
 * The register's memory: the journal is the truth, operations, postings, the ledger and the
 * settings follow from it in the same transaction.
 */
export function openRegisterStore(db: Sqlite, now: () => number) {
  const journal = openJournal(db)
  const acts = openActs(db, now)
  const follow = openProjection(db)
  const papers = openPapers(db)
  const operations = openOperations(db)
  const read = openReading(db, operations)
  let ledger = read.ledger()

  /** Appends to the journal, lets the projections follow and does `more`, all or nothing. */
  const record = (line: JournalLine, more: (at: number) => void = () => {}): void => {
    const at = now()
    const { entry } = line
    const operation = 'step' in line ? (line.step?.after ?? null) : null
    const before = entry.type === 'set' ? read.setting(entry.name) : null
    const shown = actsOfEntry(entry, { operation, before })
    const done = tx(db, () => {
      const committed = journal.append(at, line.entry)
      const next = follow(at, line, ledger)
      for (const act of shown) acts.record(act)
      more(at)
      return { committed, next }
    })
    done.committed()
    ledger = done.next
  }
  return {
    ...read,
    papers,
    close: () => db.close(),
    ledger: () => ledger,
    /** Grows with every line of the journal: whatever is read from the store may have changed. */
    revision: journal.seq,

    /** The intent: on disk before anything of it leaves the process. */
    begin: (begun: Operation): void => {
      record({ entry: { type: 'begun', operation: begun } })
      operations.keep(begun)
    },
    /** What came of it. Null, and nothing written, when the event means nothing in this state. */
    hear: (id: string, event: Event): Operation | null => {
      const before = operations.one(id)
      const after = before && heard(before, event)
      if (!before || !after) return null
      const line: JournalLine = { entry: { type: 'heard', id, event }, step: { before, after } }
      record(line, () => queueFor(papers, before, after))
      operations.keep(after)
      return after
    },
    /** The emergency correction and its paper. */
    correct: (correction: Correction): void =>
      record({ entry: { type: 'corrected', correction } }, () => {
        papers.queue({ is: 'correction', id: correction.id }, correction.id)
      }),
    /** A business day was compared with the bank and closed. */
    closeCardDay: (day: CardDay): void => record({ entry: { type: 'card-day', day } }),
    /** The shift is being closed in one go: its operations are named before either is begun. */
    beginCashUp: (cashUp: CashUp): void => record({ entry: { type: 'cash-up', cashUp } }),
    wantCashUp: (id: string, person: string): void =>
      record({ entry: { type: 'cash-up-wanted', id, person } }),
    /** The device's shift is another one than the register's: the device is right. */
    align: (shift: ShiftCounters | null): void => record({ entry: { type: 'aligned', shift } }),
    /** Somebody's rights stand behind a receipt, whoever sells it. */
    keepGrant: (grant: Grant): void => record({ entry: { type: 'granted', grant } }),
    /** A right was lent on the spot, for one operation. */
    keepLent: (lent: Lent): void => record({ entry: { type: 'lent', lent } }),
    /** What it was lent for is done, and leaves nothing by which a repeat would be known. */
    useLent: (id: string): void => record({ entry: { type: 'lent-used', id } }),
    /** The operator's word on what it has laid on the register is another one than before. */
    keepMeasures: (proof: SignedMeasures): void => record({ entry: { type: 'measures', proof } }),
    /** Another device goes on here: written before anything is asked of it. */
    replace: (replacement: Replacement): void =>
      record({ entry: { type: 'replaced', replacement } }),
    set: (name: string, value: string, person: string): void =>
      record({ entry: { type: 'set', name, value, person } }),
    /** The paper came out: a fact of the operation whose own paper it was. */
    printed: ({ id: job, operation: id }: QueuedJob): void => {
      if (id === null) papers.done(job, now())
      else record({ entry: { type: 'printed', id, at: now() } }, (at) => papers.done(job, at))
    },
  }
}
