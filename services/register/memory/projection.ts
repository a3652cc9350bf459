import type { Grant } from '#core/access/receipt.ts'
import type { Kopecks } from '#core/money.ts'
import type { Correction } from '#core/register/correction.ts'
import {
  align,
  correctionPostings,
  enter,
  entryOf,
  type Ledger,
  newLedger,
  prove,
} from '#core/register/ledger.ts'
import { heard, type Operation } from '#core/register/operation.ts'
import { type Posting, post, postings } from '#core/register/posting.ts'
import { isDisproved, isListed, isOpen, isUnproved } from '#core/register/standing.ts'
import { type Sqlite, tx } from '#services/runtime/sqlite.ts'
import { openCardRows } from './cards.ts'
import { type Entry, readJournal } from './journal.ts'
import { openReading } from './reading.ts'

/** What one line of the journal makes of the figures and the rows; called inside a transaction. */
export type Follow = (at: number, entry: Entry, ledger: Ledger) => Ledger

/** The projections' writes: the live store and `rebuild` let every line follow by this alone. */
export function openProjection(db: Sqlite): Follow {
  const read = openReading(db)
  const rows = openRows(db)
  const cards = openCardRows(db)
  const enterPostings = (id: string, entered: readonly Posting[], ledger: Ledger): Ledger => {
    for (const { account, amount } of entered) rows.posting(id, account, amount)
    rows.ledger(ledger)
    return ledger
  }
  /** An operation enters the ledger once, when it is registered, and is proved once. */
  const step = (before: Operation, after: Operation, ledger: Ledger): Ledger => {
    rows.update(after)
    cards.update(after)
    const isEntered = before.state.is === 'registered'
    if (!isEntered && after.state.is === 'registered') {
      const entry = entryOf(after)
      return enterPostings(after.id, postings(entry), enter(ledger, entry))
    }
    if (!isEntered || before.signed || !after.signed) return ledger
    return enterPostings(after.id, [], prove(ledger, after.signed.document))
  }
  return (at, entry, ledger) => {
    switch (entry.type) {
      case 'begun':
        rows.insert(entry.operation)
        if (entry.operation.grant) rows.useGrant(entry.operation.grant, entry.operation.id)
        return ledger
      case 'heard': {
        const before = read.operation(entry.id)
        const after = before && heard(before, entry.event)
        return before && after ? step(before, after, ledger) : ledger
      }
      case 'printed':
        rows.printed(entry.id, at)
        return ledger
      case 'corrected': {
        const { correction } = entry
        rows.insertCorrection(correction)
        const entered = correctionPostings(correction.amount)
        const balances = post(ledger.balances, entered)
        return enterPostings(correction.id, entered, { ...ledger, balances })
      }
      case 'aligned':
        return enterPostings('', [], align(ledger, entry.shift))
      case 'card-day':
        cards.close(entry.day)
        return ledger
      case 'granted':
        rows.grant(entry.grant)
        return ledger
      case 'set':
        rows.setting(entry.name, entry.value)
        return ledger
      default:
        return entry satisfies never
    }
  }
}

// A document is kept once, as the bytes that were sealed; its fields are read out of them.
const compact = (operation: Operation): string =>
  JSON.stringify(operation, (name, value) => (name === 'document' ? undefined : value))

/** Number, УИ and moment of an operation: its document's, or those of the word about it. */
export function documentedAs({ signed, claim, state, begunAt }: Operation) {
  if (signed) {
    const { number, shift, at } = signed.document
    return { number, shift, at, uid: signed.sealed.uid }
  }
  const said = state.is === 'registered' ? claim : null
  return {
    number: said?.number ?? null,
    shift: null,
    at: said?.at.from ?? begunAt,
    uid: said?.uid ?? null,
  }
}

function openRows(db: Sqlite) {
  const insert = db.prepare(
    `insert into operation(id, kind, state, listed, is_open, at, sum, undoes, shift, body)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const update = db.prepare(
    `update operation set state = ?, listed = ?, is_open = ?, notice = ?, doubt = ?, at = ?,
       number = ?, uid = ?, shift = ?, body = ? where id = ?`,
  )
  const posting = db.prepare('insert into posting(operation, account, amount) values (?, ?, ?)')
  const ledger = db.prepare(
    `insert into ledger(one, body) values (1, ?)
     on conflict(one) do update set body = excluded.body`,
  )
  const setting = db.prepare(
    `insert into setting(name, value) values (?, ?)
     on conflict(name) do update set value = excluded.value`,
  )
  const grant = db.prepare(
    'insert into receipt_grant(id, person, shift, receipt) values (?, ?, ?, ?)',
  )
  const useGrant = db.prepare('update receipt_grant set operation = ? where id = ?')
  const printed = db.prepare(
    'update operation set printed_at = ? where id = ? and printed_at is null',
  )
  const bit = (truth: boolean) => (truth ? 1 : 0)
  return {
    insert: (o: Operation) => {
      const flags = [bit(isListed(o)), bit(isOpen(o))]
      insert.run(o.id, o.kind, o.state.is, ...flags, o.begunAt, o.sum, o.of, null, compact(o))
    },
    insertCorrection: (c: Correction) => {
      const place = [c.at, Math.abs(c.amount), null, c.shift]
      insert.run(c.id, c.kind, 'registered', 1, 0, ...place, JSON.stringify(c))
    },
    update: (o: Operation) => {
      const flags = [isListed(o), isOpen(o), o.notice !== null].map(bit)
      const { at, number, uid, shift } = documentedAs(o)
      update.run(o.state.is, ...flags, doubtOf(o), at, number, uid, shift, compact(o), o.id)
    },
    posting: (id: string, account: string, amount: Kopecks) => posting.run(id, account, amount),
    ledger: (figures: Ledger) => ledger.run(JSON.stringify(figures)),
    setting: (name: string, value: string) => setting.run(name, value),
    grant: ({ id, person, shift, receipt }: Grant) =>
      grant.run(id, person, shift, JSON.stringify(receipt)),
    useGrant: (id: string, operation: string) => useGrant.run(operation, id),
    printed: (id: string, at: number) => printed.run(at, id),
  }
}

function doubtOf(operation: Operation): 'unproved' | 'disproved' | null {
  if (isUnproved(operation)) return 'unproved'
  return isDisproved(operation) ? 'disproved' : null
}

/** Builds every projection anew from the journal, whose chain it checks on the way. */
export function rebuild(db: Sqlite): void {
  const follow = openProjection(db)
  tx(db, () => {
    const tables = [
      'operation',
      'posting',
      'ledger',
      'setting',
      'receipt_grant',
      'card_transaction',
      'card_day',
    ]
    db.exec(tables.map((table) => `delete from ${table}`).join(';'))
    let ledger = newLedger()
    for (const { at, entry } of readJournal(db)) ledger = follow(at, entry, ledger)
  })
}
