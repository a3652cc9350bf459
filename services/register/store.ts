import { join } from 'node:path'
import type { FiscalDocument } from '#core/document/document.ts'
import { postings } from '#core/register/drawer.ts'
import { enter, type Ledger, newLedger } from '#core/register/ledger.ts'
import { type Event, heard, isListed, isOpen, type Operation } from '#core/register/operation.ts'
import { openSqlite, type Sqlite, tx } from '#services/runtime/sqlite.ts'
import { type Entry, openJournal, readJournal } from './journal.ts'
import { openPapers, type PrintJob } from './papers.ts'

export type RegisterStore = ReturnType<typeof openRegisterStore>

export const openRegisterDb = (path: string): Sqlite =>
  openSqlite(path, join(import.meta.dirname, 'schema'))

export type Listed = { seq: number; operation: Operation; printedAt: number | null }

/**
 * The register's memory: the journal is the truth, operations, postings and the ledger follow from
 * it in the same transaction.
 */
export function openRegisterStore(db: Sqlite, now: () => number) {
  const journal = openJournal(db)
  const project = projection(db)
  const papers = openPapers(db)
  const read = reading(db)
  let ledger = read.ledger()

  /** Appends to the journal and lets the projections follow, all or nothing. */
  const record = (entry: Entry, work: (at: number) => void): void => {
    const at = now()
    const committed = tx(db, () => {
      const follow = journal.append(at, entry)
      work(at)
      return follow
    })
    committed()
  }
  return {
    ...read,
    papers,
    close: () => db.close(),
    ledger: () => ledger,

    /** The intent: on disk before anything of it leaves the process. */
    begin: (begun: Operation): void => {
      record({ type: 'begun', operation: begun }, () => project.insert(begun))
    },
    /** What came of it. Null, and nothing written, when the event means nothing in this state. */
    hear: (id: string, event: Event): Operation | null => {
      const before = read.operation(id)
      const after = before && heard(before, event)
      if (!before || !after) return null
      const registered = before.signed === null ? after.signed : null
      const next = registered ? enter(ledger, registered.document) : ledger
      record({ type: 'heard', id, event }, () => {
        project.update(after)
        if (!registered) return
        project.enter(after, next)
        papers.queue({ is: 'operation', id }, id)
      })
      ledger = next
      return after
    },
    /** The paper came out: a fact of the operation whose own paper it was. */
    printed: ({ id: job, operation: id }: PrintJob): void => {
      if (id === null) {
        papers.done(job, now())
        return
      }
      record({ type: 'printed', id, at: now() }, (at) => {
        papers.done(job, at)
        project.printed(id, at)
      })
    },
  }
}

// A document is kept once, as the bytes that were sealed; its fields are read out of them.
const compact = (operation: Operation): string =>
  JSON.stringify(operation, (name, value) => (name === 'document' ? undefined : value))

function parse(row: Record<string, unknown>): Operation {
  const operation: Operation = JSON.parse(String(row.body))
  if (!operation.signed) return operation
  const document: FiscalDocument = JSON.parse(operation.signed.sealed.body)
  return { ...operation, signed: { ...operation.signed, document } }
}

function reading(db: Sqlite) {
  const one = db.prepare('select seq, body, printed_at from operation where id = ?')
  const open = db.prepare('select body from operation where is_open = 1 order by seq')
  const ledger = db.prepare('select body from ledger where one = 1')
  const latest = db.prepare(
    'select body from operation where number is not null order by seq desc limit 1',
  )
  return {
    operation: (id: string): Operation | null => {
      const row = one.get(id)
      return row ? parse(row) : null
    },
    listed: (id: string): Listed | null => {
      const row = one.get(id)
      return row ? readListed(row) : null
    },
    open: (): Operation[] => open.all().map(parse),
    list: (filter: ListFilter): Listed[] => list(db, filter),
    ledger: (): Ledger => {
      const row = ledger.get()
      return row ? (JSON.parse(String(row.body)) as Ledger) : newLedger()
    },
    /** The shop's requisites as the last document has them. */
    issuer: () => {
      const row = latest.get()
      return row ? (parse(row).signed?.document.issuer ?? null) : null
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
    `update operation set state = ?, listed = ?, is_open = ?, at = ?, number = ?, uid = ?,
       shift = ?,
       body = ? where id = ?`,
  )
  const posting = db.prepare('insert into posting(operation, account, amount) values (?, ?, ?)')
  const setLedger = db.prepare(
    `insert into ledger(one, body) values (1, ?)
     on conflict(one) do update set body = excluded.body`,
  )
  const printed = db.prepare(
    'update operation set printed_at = ? where id = ? and printed_at is null',
  )
  const bit = (truth: boolean) => (truth ? 1 : 0)
  return {
    insert: (o: Operation) => {
      const flags = [bit(isListed(o)), bit(isOpen(o))]
      insert.run(o.id, o.kind, o.state.is, ...flags, o.begunAt, o.sum, compact(o))
    },
    update: (o: Operation) => {
      const { number = null, shift = null, at = o.begunAt } = o.signed?.document ?? {}
      const flags = [bit(isListed(o)), bit(isOpen(o))]
      const uid = o.signed?.sealed.uid ?? null
      update.run(o.state.is, ...flags, at, number, uid, shift, compact(o), o.id)
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
  operation: parse(row),
  printedAt: row.printed_at === null ? null : Number(row.printed_at),
})
