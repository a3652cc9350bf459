import type { OperationBrief } from '#core/api/register.ts'
import { listedKinds } from '#core/document/kinds.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'

// «Список чеков» and its search. Every question goes down an index from the newest receipt and
// stops at the page's end, so that it costs the same whatever the number of receipts; what may mean
// several things is asked once for each of them. Short enough to stand between two steps of a sale.

export type ListFilter = {
  before: number | null
  limit: number
  kind: string | null
  shift: number | null
  /** Already read by the caller into what it may mean; all null when nothing was typed. */
  search: {
    number: number | null
    uid: string | null
    sum: number | null
    kinds: readonly string[]
  } | null
}

/** `seq`: its place in the list, for the page after. */
export type ListedReceipt = { seq: number; brief: OperationBrief }

type Row = Record<string, unknown>

/** The newest first. */
export function openReceipts(db: Sqlite): (filter: ListFilter) => ListedReceipt[] {
  const newest = (where: string) =>
    db.prepare(
      `select seq from operation where listed = 1 and seq < ? and ${where}
       order by seq desc limit ?`,
    )
  const ofKind = newest('kind = ?')
  const ofSum = newest('kind = ? and sum = ?')
  const ofShift = newest('kind = ? and shift = ?')
  const ofSumAndShift = newest('kind = ? and shift = ? and sum = ?')
  const numbered = newest('number = ? and kind = ifnull(?, kind) and shift is ifnull(?, shift)')
  const started = newest(
    'uid >= ? and uid < ? and kind = ifnull(?, kind) and shift is ifnull(?, shift)',
  )
  const one = db.prepare('select * from operation where seq = ?')
  const places = (rows: readonly Row[]): number[] => rows.map(({ seq }) => Number(seq))

  return ({ before, limit, kind, shift, search }) => {
    const top = before ?? Number.MAX_SAFE_INTEGER
    const wanted = (kinds: readonly string[]) =>
      kind === null ? kinds : kinds.filter((each) => each === kind)
    const kindPlaces = (each: string): number[] =>
      places(shift === null ? ofKind.all(top, each, limit) : ofShift.all(top, each, shift, limit))
    const sumPlaces = (each: string, sum: number): number[] =>
      places(
        shift === null
          ? ofSum.all(top, each, sum, limit)
          : ofSumAndShift.all(top, each, shift, sum, limit),
      )
    const found: number[] = []
    if (!search) found.push(...wanted(listedKinds).flatMap(kindPlaces))
    else {
      const { number, uid, sum, kinds } = search
      found.push(...wanted(kinds).flatMap(kindPlaces))
      if (sum !== null) {
        found.push(...wanted(listedKinds).flatMap((each) => sumPlaces(each, sum)))
      }
      if (number !== null) found.push(...places(numbered.all(top, number, kind, shift, limit)))
      if (uid !== null) {
        found.push(...places(started.all(top, uid, `${uid}G`, kind, shift, limit)))
      }
    }
    return [...new Set(found)]
      .sort((a, b) => b - a)
      .slice(0, limit)
      .flatMap((seq) => readReceipt(one.get(seq)) ?? [])
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
