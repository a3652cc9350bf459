import { join } from 'node:path'
import type { Printable } from '#core/document/print.ts'
import { postings } from '#core/register/drawer.ts'
import { enter, type Ledger, newLedger } from '#core/register/ledger.ts'
import { type Event, heard, isListed, isOpen, type Operation } from '#core/register/operation.ts'
import { openSqlite, type Sqlite, tx } from '#services/runtime/sqlite.ts'
import { type Entry, openJournal, readJournal } from './journal.ts'

export type RegisterStore = ReturnType<typeof openRegisterStore>

export const openRegisterDb = (path: string): Sqlite =>
  openSqlite(path, join(import.meta.dirname, 'schema'))

export type PrintJob = { id: number; operation: string | null; printable: Printable; begun: number }
export type Listed = { seq: number; operation: Operation; printedAt: number | null }

/**
 * The register's memory: the journal is the truth, operations, postings and the ledger follow from
 * it in the same transaction.
 */
export function openRegisterStore(db: Sqlite, now: () => number) {
  const journal = openJournal(db)
  const project = projection(db)
  const select = {
    operation: db.prepare('select body from operation where id = ?'),
    row: db.prepare('select seq, body, printed_at from operation where id = ?'),
    open: db.prepare('select body from operation where is_open = 1 order by seq'),
    reversing: db.prepare(`select body from operation where state = 'reversing' order by seq`),
    ledger: db.prepare('select body from ledger where one = 1'),
    job: db.prepare('select * from print_job where done_at is null order by id limit 1'),
    issuer: db.prepare(
      'select body from operation where number is not null order by seq desc limit 1',
    ),
    jobs: db.prepare('select count(*) n from print_job where done_at is null'),
  }
  const write = {
    queue: db.prepare('insert into print_job(operation, printable) values (?, ?)'),
    begun: db.prepare('update print_job set begun = begun + 1 where id = ?'),
    unbegun: db.prepare('update print_job set begun = begun - 1 where id = ?'),
    done: db.prepare('update print_job set done_at = ? where id = ?'),
  }
  const stored = select.ledger.get()
  let ledger = stored ? (JSON.parse(String(stored.body)) as Ledger) : newLedger()

  const operation = (id: string): Operation | null => {
    const row = select.operation.get(id)
    return row ? (JSON.parse(String(row.body)) as Operation) : null
  }
  /** Appends to the journal and lets the projections follow, all or nothing. */
  const record = <T>(entry: Entry, work: (at: number) => T): T => {
    const at = now()
    const [result, committed] = tx(db, () => {
      const follow = journal.append(at, entry)
      return [work(at), follow] as [T, () => void]
    })
    committed()
    return result
  }
  const queue = (printable: Printable, id: string | null): number =>
    Number(write.queue.run(id, JSON.stringify(printable)).lastInsertRowid)

  return {
    close: () => db.close(),
    ledger: () => ledger,
    operation,
    listed: (id: string): Listed | null => {
      const row = select.row.get(id)
      return row ? readListed(row) : null
    },
    open: (): Operation[] => select.open.all().map((row) => JSON.parse(String(row.body))),
    reversing: (): Operation[] => select.reversing.all().map((row) => JSON.parse(String(row.body))),
    list: (filter: ListFilter): Listed[] => list(db, filter),

    /** The intent: on disk before anything of it leaves the process. */
    begin: (begun: Operation): void => {
      record({ type: 'begun', operation: begun }, () => project.insert(begun))
    },
    /** What came of it. Null, and nothing written, when the event means nothing in this state. */
    hear: (id: string, event: Event): Operation | null => {
      const before = operation(id)
      const after = before && heard(before, event)
      if (!before || !after) return null
      const registered = before.signed === null ? after.signed : null
      const next = registered ? enter(ledger, registered.document) : ledger
      record({ type: 'heard', id, event }, () => {
        project.update(after)
        if (!registered) return
        project.enter(after, next)
        const { document, sealed } = registered
        queue({ is: 'document', document, uid: sealed.uid }, id)
      })
      ledger = next
      return after
    },
    queue: (printable: Printable, id: string | null): number => queue(printable, id),
    nextJob: (): PrintJob | null => {
      const row = select.job.get()
      if (!row) return null
      return {
        id: Number(row.id),
        operation: row.operation === null ? null : String(row.operation),
        printable: JSON.parse(String(row.printable)) as Printable,
        begun: Number(row.begun),
      }
    },
    /** The shop's requisites as the last document has them. */
    issuer: () => {
      const row = select.issuer.get()
      const last = row ? (JSON.parse(String(row.body)) as Operation) : null
      return last?.signed?.document.issuer ?? null
    },
    waitingJobs: () => Number(select.jobs.get()?.n),
    /** Written before the paper moves: from here on its fate may be unknown. */
    beginJob: (id: number) => write.begun.run(id),
    /** The printer provably never began it: as if it had not been tried. */
    unbeginJob: (id: number) => write.unbegun.run(id),
    endJob: (job: PrintJob): void => {
      const done = (at: number) => write.done.run(at, job.id)
      if (job.operation === null) {
        done(now())
        return
      }
      const id = job.operation
      record({ type: 'printed', id, at: now() }, (at) => {
        done(at)
        project.printed(id, at)
      })
    },
  }
}

/** The projections' writes; `rebuild` runs the same ones over the whole journal. */
function projection(db: Sqlite) {
  const insert = db.prepare(
    `insert into operation(id, kind, state, listed, is_open, at, sum, body)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const update = db.prepare(
    `update operation set state = ?, listed = ?, is_open = ?, at = ?, number = ?, uid = ?, shift = ?,
       body = ? where id = ?`,
  )
  const posting = db.prepare('insert into posting(operation, account, amount) values (?, ?, ?)')
  const setLedger = db.prepare(
    'insert into ledger(one, body) values (1, ?) on conflict(one) do update set body = excluded.body',
  )
  const printed = db.prepare(
    'update operation set printed_at = ? where id = ? and printed_at is null',
  )
  const bit = (truth: boolean) => (truth ? 1 : 0)
  return {
    insert: (o: Operation) => {
      const flags = [bit(isListed(o)), bit(isOpen(o))]
      insert.run(o.id, o.kind, o.state.is, ...flags, o.begunAt, o.sum, JSON.stringify(o))
    },
    update: (o: Operation) => {
      const { number = null, shift = null, at = o.begunAt } = o.signed?.document ?? {}
      const flags = [bit(isListed(o)), bit(isOpen(o))]
      const uid = o.signed?.sealed.uid ?? null
      update.run(o.state.is, ...flags, at, number, uid, shift, JSON.stringify(o), o.id)
    },
    enter: (o: Operation, ledger: Ledger) => {
      const rows = o.signed ? postings(o.signed.document) : []
      for (const { account, amount } of rows) posting.run(o.id, account, amount)
      setLedger.run(JSON.stringify(ledger))
    },
    printed: (id: string, at: number) => printed.run(at, id),
  }
}

/** Builds every projection anew from the journal, whose chain it checks on the way. */
export function rebuild(db: Sqlite): void {
  const project = projection(db)
  tx(db, () => {
    db.exec('delete from operation; delete from posting; delete from ledger')
    const operations = new Map<string, Operation>()
    let ledger = newLedger()
    for (const { at, entry } of readJournal(db)) {
      if (entry.type === 'begun') {
        operations.set(entry.operation.id, entry.operation)
        project.insert(entry.operation)
        continue
      }
      if (entry.type === 'printed') {
        project.printed(entry.id, at)
        continue
      }
      const before = operations.get(entry.id)
      const after = before && heard(before, entry.event)
      if (!after) continue
      operations.set(entry.id, after)
      project.update(after)
      if (before.signed === null && after.signed) {
        ledger = enter(ledger, after.signed.document)
        project.enter(after, ledger)
      }
    }
  })
}

export type ListFilter = {
  before: number | null
  limit: number
  kind: string | null
  shift: number | null
  /** Already read by the caller into what it may mean; all null when nothing was typed. */
  search: { number: number | null; uid: string | null; sum: number | null; kinds: string[] } | null
}

function list(db: Sqlite, { before, limit, kind, shift, search }: ListFilter): Listed[] {
  const where = ['listed = 1']
  const values: (string | number)[] = []
  const need = (condition: string, ...given: (string | number)[]) => {
    where.push(condition)
    values.push(...given)
  }
  if (before !== null) need('seq < ?', before)
  if (kind !== null) need('kind = ?', kind)
  if (shift !== null) need('shift = ?', shift)
  if (search) {
    const any: string[] = []
    if (search.number !== null) any.push(`number = ${search.number}`)
    if (search.sum !== null) any.push(`sum = ${search.sum}`)
    for (const found of search.kinds) any.push(`kind = '${found}'`)
    if (search.uid !== null) {
      any.push('(uid >= ? and uid < ?)')
      values.push(search.uid, `${search.uid}G`)
    }
    where.push(any.length > 0 ? `(${any.join(' or ')})` : '0')
  }
  const sql = `select seq, body, printed_at from operation where ${where.join(' and ')}
    order by seq desc limit ${limit}`
  return db
    .prepare(sql)
    .all(...values)
    .map(readListed)
}

const readListed = (row: Record<string, unknown>): Listed => ({
  seq: Number(row.seq),
  operation: JSON.parse(String(row.body)) as Operation,
  printedAt: row.printed_at === null ? null : Number(row.printed_at),
})
