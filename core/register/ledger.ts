import type { FiscalDocument } from '../document/document.ts'
import { count, openCounters, type ShiftCounters } from '../document/report.ts'
import { type Balances, noBalances, post, postings } from './drawer.ts'

/** The register's running figures: a fold of its documents, kept so that no screen sums anew. */
export type Ledger = {
  balances: Balances
  shift: ShiftCounters | null
  /** The last document registered here: its number, and the device's cash after it. */
  last: { number: number; cash: number; at: number } | null
}

export const newLedger = (): Ledger => ({ balances: noBalances(), shift: null, last: null })

/** The figures after a document. */
export function enter(ledger: Ledger, document: FiscalDocument): Ledger {
  const { kind, number, at, cash } = document
  const opened = ledger.shift ?? openCounters(document.shift, at, number)
  const counters = count(opened, {
    ...{ kind, number, sum: document.sum, settlement: document.settlement },
    discounts: discounts(document),
    markups: markups(document),
  })
  return {
    balances: post(ledger.balances, postings(document)),
    shift: kind === 'shift-closing' ? null : counters,
    last: { number, cash, at },
  }
}

const discounts = ({ lines, discount }: FiscalDocument) =>
  (lines.reduce((sum, line) => sum + line.discount, 0) + discount) as ShiftCounters['discounts']
const markups = ({ lines, markup }: FiscalDocument) =>
  (lines.reduce((sum, line) => sum + line.markup, 0) + markup) as ShiftCounters['markups']
