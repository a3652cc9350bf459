import type { OperationBrief } from '#core/api/register.ts'
import type { Sought } from '#core/register/receipt-search.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { openTagReading } from './receipt-tags.ts'

/** `seq`: its place in the list, for the page after. */
export type ListedReceipt = { seq: number; brief: OperationBrief }

type Row = Record<string, unknown>

/** Receipts, listed and searched: the newest first, of those before a place. */
export function openReceipts(db: Sqlite) {
  const { places, cashiers } = openTagReading(db)
  const one = db.prepare('select * from operation where seq = ?')
  return {
    list: (sought: Sought, page: { before: number | null; limit: number }): ListedReceipt[] =>
      places(sought, page).flatMap((seq) => readReceipt(one.get(seq)) ?? []),
    /** Whoever has ever made one. */
    cashiers,
  }
}

function readReceipt(row: Row | undefined): ListedReceipt | null {
  if (!row) return null
  const { seq, id, kind, state, proof, at, cashier, amount, payments, number, uid, shift } = row
  const shown = { id, kind, state, proof, at, cashier, number, uid, shift, sum: amount }
  return {
    seq: Number(seq),
    // As it was written from a brief of the same type.
    brief: { ...shown, payments: JSON.parse(String(payments)) } as OperationBrief,
  }
}
