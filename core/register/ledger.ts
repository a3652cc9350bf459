import { assert } from '../assert.ts'
import type { FiscalDocument } from '../document/document.ts'
import { kinds } from '../document/kinds.ts'
import {
  type CountedDocument,
  count,
  openCounters,
  type ShiftCounters,
} from '../document/report.ts'
import { settled, totals } from '../document/totals.ts'
import { add, type Kopecks, negate, ZERO } from '../money.ts'
import type { Moment } from '../time.ts'
import type { Operation } from './operation.ts'
import { type Account, type Balances, noBalances, type Posting, post, postings } from './posting.ts'

/** The register's running figures: a fold of its documents, kept so that no screen sums anew. */
export type Ledger = {
  balances: Balances
  shift: ShiftCounters | null
  lastShift: number
  /** The last document registered here. */
  last: { number: number; at: Moment } | null
}

export const newLedger = (): Ledger => ({
  balances: noBalances(),
  shift: null,
  lastShift: 0,
  last: null,
})

/** What the ledger takes of a document. `shift` is null where only a person's word tells of it. */
export type LedgerEntry = CountedDocument & { at: Moment; shift: number | null }

/** What a registered operation enters: its document, or what the word about it comes to. */
export function ledgerEntryOf(operation: Operation): LedgerEntry {
  const { signed, claim, kind, sum } = operation
  if (signed) return entryOfDocument(signed.document)
  assert(claim, 'an operation is registered by a document or by a word about it')
  const { number, at } = claim
  const settlement = settled(sum, operation.payments)
  return { kind, number, at: at.from, shift: null, sum, settlement, ...adjustments(operation) }
}

function entryOfDocument(document: FiscalDocument): LedgerEntry {
  const { kind, number, at, shift, sum, settlement, lines, discount, markup } = document
  return {
    kind,
    number,
    at,
    shift,
    sum,
    settlement,
    discounts: add(discount, ...lines.map((line) => line.discount)),
    markups: add(markup, ...lines.map((line) => line.markup)),
  }
}

function adjustments({ command }: Operation): { discounts: Kopecks; markups: Kopecks } {
  const sums = 'lines' in command ? totals(command) : null
  return sums && !('fault' in sums)
    ? { discounts: sums.discounts, markups: sums.markups }
    : { discounts: ZERO, markups: ZERO }
}

/** The figures after a document. */
export const enter = (ledger: Ledger, entry: LedgerEntry): Ledger =>
  entered(ledger, entry, postings(entry))

function entered(ledger: Ledger, entry: LedgerEntry, rows: readonly Posting[]): Ledger {
  const { kind, number, at, shift } = entry
  // A number that was typed is none that was seen.
  const { last } = shift === null ? ledger : prove(ledger, { number, at })
  const opened = ledger.shift ?? openCounters(entry.shift ?? ledger.lastShift + 1, at, number)
  const counters = count(opened, entry)
  return {
    balances: post(ledger.balances, rows),
    shift: kind === 'shift-closing' ? null : counters,
    lastShift: counters.shift,
    last,
  }
}

/** A document has been seen: it is the last one, unless it was adopted behind a newer one. */
export const prove = (ledger: Ledger, { number, at }: { number: number; at: Moment }): Ledger =>
  ledger.last && ledger.last.number > number ? ledger : { ...ledger, last: { number, at } }

/** An operation before and after what was heard of it. */
export type OperationStep = { before: Operation; after: Operation }
/** The figures after something, and the postings that it made. */
export type Entered = { ledger: Ledger; postings: readonly Posting[] }

/**
 * An operation enters once, when it is registered, and is proved once. Null: it moves nothing.
 * `isFormer`: it is of a device that was replaced, whose cash lies in the drawer and is in none of
 * the new device's shifts, numbers and sums.
 */
export function follow(
  ledger: Ledger,
  { before, after }: OperationStep,
  isFormer = false,
): Entered | null {
  const isEntered = before.state.is === 'registered'
  if (!isEntered && after.state.is === 'registered') {
    const entry = ledgerEntryOf(after)
    const own = postings(entry)
    if (isFormer) {
      const rows = moved(own, 'drawer', 'carried')
      return { ledger: { ...ledger, balances: post(ledger.balances, rows) }, postings: rows }
    }
    const rows = after.carried ? moved(own, 'safe', 'carried') : own
    return { ledger: entered(ledger, entry, rows), postings: rows }
  }
  if (!isEntered || before.signed || !after.signed || isFormer) return null
  return { ledger: prove(ledger, after.signed.document), postings: [] }
}

const moved = (rows: readonly Posting[], from: Account, to: Account): Posting[] =>
  rows.map(({ account, amount }) => ({ account: account === from ? to : account, amount }))

/** Another device goes on: it has no shift, no number and no cash yet. */
export function replaced(ledger: Ledger): Entered {
  const { drawer } = ledger.balances
  const rows: Posting[] =
    drawer === 0
      ? []
      : [
          { account: 'drawer', amount: negate(drawer) },
          { account: 'carried', amount: drawer },
        ]
  const { lastShift } = ledger
  const balances = post(ledger.balances, rows)
  return { ledger: { balances, shift: null, lastShift, last: null }, postings: rows }
}

/** Emergency correction (§4): what is missing from the drawer, or too much in it. */
export function corrected(ledger: Ledger, amount: Kopecks): Entered {
  const entered: Posting[] = [
    { account: 'drawer', amount },
    { account: 'correction', amount: negate(amount) },
  ]
  return {
    ledger: { ...ledger, balances: post(ledger.balances, entered) },
    postings: entered,
  }
}

/** The shift as the device has it: a shift holds no money, and the device is its only authority. */
export const align = (ledger: Ledger, shift: ShiftCounters | null): Ledger => ({
  ...ledger,
  shift,
  lastShift: shift?.shift ?? ledger.lastShift,
})

/** What the operation does to the cash of the drawer once it has a document. */
export function drawerEffect(operation: Operation): Kopecks {
  const settlement = settled(operation.sum, operation.payments)
  const cash = add(settlement.cash, negate(settlement.change))
  const { drawer } = kinds[operation.kind]
  return drawer === 0 ? ZERO : drawer === 1 ? cash : negate(cash)
}
