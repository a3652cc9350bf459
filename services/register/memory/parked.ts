import { done, refused } from '#core/api/contract.ts'
import { parseJson } from '#core/api/json.ts'
import { type RungReceipt, rungReceipt } from '#core/api/register-parked.ts'
import { isSameUnit, type UnitMark } from '#core/document/mark.ts'
import type { OperationId } from '#core/id.ts'
import type { Kopecks } from '#core/money.ts'
import { type Sqlite, tx } from '#services/runtime/sqlite.ts'

/** More receipts than this nobody finds again. */
const MOST = 200
/** Acts that are remembered: a page asks for its own until it is answered, one at a time. */
const MOST_ACTS = 10_000

export type ToPark = {
  id: string
  act: string
  name: string | null
  sum: Kopecks | null
  receipt: RungReceipt
  person: string
}

/**
 * Receipts put aside (N9). Each waits here or is with whoever brought it back, never both: an act
 * is done, or refused, once by its name: the same act again, however late, is answered as then.
 */
export function openParked(db: Sqlite, now: () => number) {
  const select = {
    waiting: db.prepare(
      `select id, name, person, at, sum, lines, goods from parked_receipt
       where brought_by is null order by at, id`,
    ),
    count: db.prepare('select count(*) n from parked_receipt where brought_by is null'),
    one: db.prepare('select receipt, parked_by, brought_by from parked_receipt where id = ?'),
    act: db.prepare('select refusal from parked_act where act = ?'),
    marked: db.prepare(
      `select id, name, at, receipt from parked_receipt
       where brought_by is null and receipt like '%"mark":{%' order by at, id`,
    ),
  }
  const write = {
    park: db.prepare(
      `insert into parked_receipt(id, name, person, at, sum, lines, goods, receipt, parked_by)
       values (:id, :name, :person, :at, :sum, :lines, :goods, :receipt, :act)
       on conflict(id) do update set name = excluded.name, person = excluded.person,
         at = excluded.at, sum = excluded.sum, lines = excluded.lines,
         goods = excluded.goods, receipt = excluded.receipt,
         parked_by = excluded.parked_by, brought_by = null`,
    ),
    bring: db.prepare('update parked_receipt set brought_by = ? where id = ?'),
    act: db.prepare('insert into parked_act(act, refusal) values (?, ?) returning seq'),
    forgetReceipt: db.prepare(
      `delete from parked_receipt where brought_by in (select act from parked_act where seq <= ?)`,
    ),
    forget: db.prepare('delete from parked_act where seq <= ?'),
  }
  const refusalOf = (id: string) => {
    if (select.one.get(id)?.brought_by === null) return 'receipt.parked'
    return count() >= MOST ? 'parked.full' : null
  }
  /** What it came to, once; the oldest are let go, and the receipts that they brought back. */
  const remember = (act: string, refusal: string | null): void => {
    const oldest = Number(write.act.get(act, refusal)?.seq) - MOST_ACTS
    if (oldest <= 0) return
    write.forgetReceipt.run(oldest)
    write.forget.run(oldest)
  }
  const count = () => Number(select.count.get()?.n)
  return {
    count,
    /** The receipt is put aside, and is nobody's to pay until it is brought back. */
    waits: (id: string): boolean => select.one.get(id)?.brought_by === null,
    list: () =>
      select.waiting.all().map(({ id, name, person, at, sum, lines, goods }) => ({
        id: id as OperationId,
        name: name === null ? null : String(name),
        person: String(person),
        at: Number(at),
        sum: sum === null ? null : (Number(sum) as Kopecks),
        lines: Number(lines),
        goods: String(goods),
      })),
    /** The receipt put aside that a marked unit is in; null: it is in none. */
    withUnit: (mark: UnitMark): { id: string; name: string | null; at: number } | null => {
      const isIn = (row: Record<string, unknown>) =>
        readReceipt(row.receipt).lines.some((line) => line.mark && isSameUnit(line.mark, mark))
      const row = select.marked.all().find(isIn)
      if (!row) return null
      const { id, name, at } = row
      return { id: String(id), name: name === null ? null : String(name), at: Number(at) }
    },
    park: ({ id, act, name, sum, receipt, person }: ToPark) =>
      tx(db, () => {
        const before = select.act.get(act)
        const known = before?.refusal == null ? null : String(before.refusal)
        const refusal = before ? known : refusalOf(id)
        if (!before) remember(act, refusal)
        if (refusal === 'receipt.parked') return refused('receipt.parked')
        if (refusal !== null) return refused('parked.full', { limit: MOST })
        if (before) return done({})
        const { lines } = receipt
        const shown = { lines: lines.length, goods: lines[0]?.goods.name ?? '' }
        const row = { id, act, name, sum, person, at: now(), receipt: JSON.stringify(receipt) }
        write.park.run(Object.assign(row, shown))
        return done({})
      }),
    bringBack: (id: string, act: string) =>
      tx(db, () => {
        const row = select.one.get(id)
        if (row?.brought_by === act) return done({ receipt: readReceipt(row.receipt) })
        if (select.act.get(act)) return refused('parked.gone')
        const isGone = !row || row.brought_by !== null
        remember(act, isGone ? 'parked.gone' : null)
        if (isGone) return refused('parked.gone')
        write.bring.run(act, id)
        return done({ receipt: readReceipt(row.receipt) })
      }),
  }
}

export type Parked = ReturnType<typeof openParked>

/** As it was written by this schema, or by an older one that this one still reads. */
const readReceipt = (text: unknown): RungReceipt => rungReceipt.parse(parseJson(String(text)))
