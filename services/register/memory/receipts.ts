import type { OperationBrief, OperationRow } from '#core/api/register.ts'
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
  const undoing = db.prepare(
    `select coalesce(sum(sum), 0) back, coalesce(sum(kind = 'annulment'), 0) annulments
     from operation where undoes = ? and state = 'registered' and proof = 'proved'`,
  )
  return {
    list: (sought: Sought, page: { before: number | null; limit: number }): ListedReceipt[] =>
      places(sought, page).flatMap((seq) => readReceipt(one.get(seq)) ?? []),
    /** What has become of a sale since, by the documents that were seen; null: nothing has. */
    returned: ({ id, kind, sum }: OperationBrief): OperationRow['returned'] => {
      if (kind !== 'sale') return null
      const row = undoing.get(id)
      if (Number(row?.annulments) > 0) return 'annulled'
      const back = Number(row?.back)
      return back === 0 ? null : back < sum ? 'in-part' : 'refunded'
    },
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
