import type { Grant } from '#core/access/receipt.ts'
import type { OperationBrief } from '#core/api/register.ts'
import type { Kopecks } from '#core/money.ts'
import type { SignedMeasures } from '#core/operator/statement.ts'
import {
  align,
  corrected,
  type Entered,
  follow as entered,
  type Ledger,
  newLedger,
  type OperationStep,
  replaced,
} from '#core/register/ledger.ts'
import { heard, type Operation } from '#core/register/operation.ts'
import type { Replacement } from '#core/register/replacement.ts'
import { isDisproved, isListed, isOpen, isUnproved } from '#core/register/standing.ts'
import { type Sqlite, tx } from '#services/runtime/sqlite.ts'
import { briefOf } from './brief.ts'
import { openCardRows } from './cards.ts'
import { openCashUpRows } from './cash-ups.ts'
import { openDiscountRows } from './discounts-given.ts'
import { type JournalEntry, readJournal } from './journal.ts'
import { openUnitRows } from './marked-units.ts'
import { openOperations } from './operations.ts'
import { openTagRows, tagsOfCorrection, tagsOfOperation } from './receipt-tags.ts'
import { openTradeRows } from './trade.ts'

/**
 * A line of the journal; what was heard of an operation comes with the step that it was, so that
 * nobody decides it twice. Null: it meant nothing.
 */
export type JournalLine =
  | { entry: Exclude<JournalEntry, { type: 'heard' }> }
  | { entry: Extract<JournalEntry, { type: 'heard' }>; step: OperationStep | null }

/** What one line of the journal makes of the figures and the rows; called inside a transaction. */
export type Follow = (at: number, line: JournalLine, ledger: Ledger) => Ledger

/** The setting of which every version is kept. */
export const PAPER_LINES = 'paper-lines'

/** The projections' writes: the live store and `rebuild` let every line follow by this alone. */
export function openProjection(db: Sqlite): Follow {
  const rows = openRows(db)
  const cards = openCardRows(db)
  const cashUps = openCashUpRows(db)
  const trade = openTradeRows(db)
  const units = openUnitRows(db)
  const tags = openTagRows(db)
  const discounts = openDiscountRows(db)
  const enter = (id: string, { ledger, postings }: Entered): Ledger => {
    for (const { account, amount } of postings) rows.posting(id, account, amount)
    rows.ledger(ledger)
    return ledger
  }
  const follow = (step: OperationStep, ledger: Ledger): Ledger => {
    rows.update(step.after)
    tags.settle(step.after.id, tagsOfOperation(step.before), tagsOfOperation(step.after))
    cards.update(step.after)
    cashUps.follow(step.after)
    trade.follow(step)
    if (!step.before.signed) discounts.documented(step.after)
    const after = entered(ledger, step, rows.isFormer(step.after.id))
    return after ? enter(step.after.id, after) : ledger
  }
  return (at, line, ledger) => {
    if ('step' in line) return line.step ? follow(line.step, ledger) : ledger
    const { entry } = line
    switch (entry.type) {
      case 'begun':
        rows.insert(entry.operation)
        units.begin(entry.operation)
        tags.begin(entry.operation.id, entry.operation.cashier, tagsOfOperation(entry.operation))
        if (entry.operation.grant) rows.useGrant(entry.operation.grant, entry.operation.id)
        return ledger
      case 'printed':
        rows.printed(entry.id, at)
        return ledger
      case 'corrected': {
        const { correction } = entry
        rows.insertCorrection(briefOf(correction))
        tags.begin(correction.id, correction.person, tagsOfCorrection(correction))
        return enter(correction.id, corrected(ledger, correction.amount))
      }
      case 'aligned':
        return enter('', { ledger: align(ledger, entry.shift), postings: [] })
      case 'card-day':
        cards.close(entry.day)
        return ledger
      case 'cash-up':
        cashUps.begin(entry.cashUp)
        return ledger
      case 'cash-up-wanted':
        cashUps.want(entry.id)
        return ledger
      case 'granted':
        rows.grant(entry.grant)
        return ledger
      case 'lent':
      case 'lent-used':
        rows.lent(entry)
        return ledger
      case 'measures':
        rows.measures(entry.proof)
        return ledger
      case 'replaced':
        rows.replacement(entry.replacement)
        return enter('', replaced(ledger))
      case 'set':
        rows.setting(entry.name, entry.value)
        if (entry.name === PAPER_LINES) rows.paperLines(at, entry.value)
        return ledger
      default:
        return entry satisfies never
    }
  }
}

function openRows(db: Sqlite) {
  const insert = db.prepare(
    `insert into operation(id, kind, state, proof, listed, is_open, at, cashier, sum, amount,
       payments, undoes, shift)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const update = db.prepare(
    `update operation set state = ?, proof = ?, listed = ?, is_open = ?, notice = ?, doubt = ?,
       at = ?, number = ?, uid = ?, shift = ? where id = ?`,
  )
  const posting = db.prepare('insert into posting(operation, account, amount) values (?, ?, ?)')
  const ledger = db.prepare(
    `insert into ledger(one, body) values (1, ?)
     on conflict(one) do update set body = excluded.body`,
  )
  const measures = db.prepare(
    `insert into measures(one, body) values (1, ?)
     on conflict(one) do update set body = excluded.body`,
  )
  const setting = db.prepare(
    `insert into setting(name, value) values (?, ?)
     on conflict(name) do update set value = excluded.value`,
  )
  const paperLines = db.prepare('insert into paper_lines(since, body) values (?, ?)')
  const grant = db.prepare(
    'insert into receipt_grant(id, person, shift, receipt, operation) values (?, ?, ?, ?, ?)',
  )
  const useGrant = db.prepare('update receipt_grant set operation = ? where id = ?')
  const lent = db.prepare('insert into lent_right(id, body) values (?, ?)')
  const lentUsed = db.prepare('delete from lent_right where id = ?')
  const printed = db.prepare(
    'update operation set printed_at = ? where id = ? and printed_at is null',
  )
  const replacement = db.prepare(
    `insert into replacement(upto, body)
     values ((select coalesce(max(seq), 0) from operation), ?)`,
  )
  const former = db.prepare(
    `select 1 from replacement where upto >= (select seq from operation where id = ?) limit 1`,
  )
  const bit = (truth: boolean) => (truth ? 1 : 0)
  const insertBrief = (brief: OperationBrief, flags: number[], undoes: string | null) => {
    const { id, kind, state, proof, at, cashier, sum, payments, shift } = brief
    const shown = [at, cashier, Math.abs(sum), sum, JSON.stringify(payments)]
    insert.run(id, kind, state, proof, ...flags, ...shown, undoes, shift)
  }
  return {
    insert: (o: Operation) => insertBrief(briefOf(o), [isListed(o), isOpen(o)].map(bit), o.of),
    insertCorrection: (brief: OperationBrief) => insertBrief(brief, [1, 0], null),
    update: (o: Operation) => {
      const flags = [isListed(o), isOpen(o), o.notice !== null].map(bit)
      const { state, proof, at, number, uid, shift, id } = briefOf(o)
      update.run(state, proof, ...flags, doubtOf(o), at, number, uid, shift, id)
    },
    posting: (id: string, account: string, amount: Kopecks) => posting.run(id, account, amount),
    ledger: (figures: Ledger) => ledger.run(JSON.stringify(figures)),
    measures: (proof: SignedMeasures) => measures.run(JSON.stringify(proof)),
    replacement: (made: Replacement) => replacement.run(JSON.stringify(made)),
    /** It is of a device that was replaced since. */
    isFormer: (id: string): boolean => former.get(id) !== undefined,
    setting: (name: string, value: string) => setting.run(name, value),
    paperLines: (since: number, body: string) => paperLines.run(since, body),
    grant: ({ id, person, shift, receipt, operation }: Grant) =>
      grant.run(id, person, shift, JSON.stringify(receipt), operation ?? null),
    useGrant: (id: string, operation: string) => useGrant.run(operation, id),
    lent: (entry: Extract<JournalEntry, { type: 'lent' | 'lent-used' }>): void => {
      if (entry.type === 'lent') lent.run(entry.lent.id, JSON.stringify(entry.lent))
      else lentUsed.run(entry.id)
    },
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
  const operations = openOperations(db)
  const read = ({ seq, entry }: { seq: number; entry: JournalEntry }): JournalLine => {
    if (entry.type !== 'heard') {
      if (entry.type === 'begun') operations.keep(entry.operation)
      return { entry }
    }
    const before = operations.one(entry.id, seq)
    const after = before && heard(before, entry.event)
    if (after) operations.keep(after)
    return { entry, step: before && after && { before, after } }
  }
  tx(db, () => {
    const tables = [
      'operation',
      'posting',
      'ledger',
      'measures',
      'replacement',
      'setting',
      'paper_lines',
      'receipt_grant',
      'lent_right',
      'card_transaction',
      'card_day',
      'card_day_open',
      'cash_up',
      'trade',
      'trade_group',
      'marked_unit',
      'receipt_tail',
      'discount_given',
      'receipt_block',
      'receipt_cashier',
    ]
    db.exec(tables.map((table) => `delete from ${table}`).join(';'))
    let ledger = newLedger()
    for (const line of readJournal(db)) ledger = follow(line.at, read(line), ledger)
  })
}
