import { DAY, SECOND } from '#core/time.ts'
import { type Sqlite, tx } from '#services/runtime/sqlite.ts'
import type { RegisterStore } from '../memory/store.ts'

/** What was sold here lately: so long ago, in so many receipts at most, so many goods of it. */
const LATELY_MS = 28 * DAY
const MOST_RECEIPTS = 5000
const MOST_GOODS = 60

const LOOK_MS = 20 * SECOND
/** Receipts that are read at once, a few milliseconds. */
const PIECE = 20

type BestSellersPorts = {
  db: Sqlite
  store: RegisterStore
  now: () => number
  /** Whoever sells goes first. */
  giveWay: () => Promise<void>
}

/**
 * Which goods stand before the others: those that were in most receipts of the shifts before this
 * one. Whatever is sold in a shift, the tiles stay where they are until the next.
 */
export function openBestSellers({ db, store, now, giveWay }: BestSellersPorts) {
  const sales = db.prepare(
    `select seq, id, at, shift from operation
     where kind = 'sale' and listed = 1 and seq < ? order by seq desc limit ${PIECE}`,
  )
  const byCode = db.prepare('select goods from goods_code where code = ?')
  const byName = db.prepare('select id goods from goods where name = ? order by id limit 1')
  const ranked = db.prepare('select id, sold from goods where sold > 0')
  const forget = db.prepare('update goods set sold = 0 where sold > 0')
  const put = db.prepare('update goods set sold = ? where id = ?')
  /** The shift that the tiles are laid out for; null: none yet. */
  let laidOutFor: number | null = null

  const counted = async (before: number): Promise<Map<number, number>> => {
    const counts = new Map<number, number>()
    let from = Number.MAX_SAFE_INTEGER
    for (let read = 0; read < MOST_RECEIPTS; read += PIECE) {
      await giveWay()
      const rows = sales.all(from)
      for (const { id, at, shift } of rows) {
        if (Number(at) < now() - LATELY_MS) return counts
        if (shift === null || Number(shift) >= before) continue
        const lines = store.operation(String(id))?.signed?.document.lines ?? []
        const goods = lines.map(({ code, name }) =>
          code === null ? byName.get(name)?.goods : byCode.get(code)?.goods,
        )
        // A receipt counts once, however much of the goods is on it.
        for (const each of new Set(goods)) {
          if (each !== undefined) counts.set(Number(each), (counts.get(Number(each)) ?? 0) + 1)
        }
      }
      if (rows.length < PIECE) return counts
      from = Number(rows.at(-1)?.seq)
    }
    return counts
  }
  const layOut = (counts: Map<number, number>): void => {
    const most = [...counts]
      .sort(([one, its], [other, others]) => others - its || one - other)
      .slice(0, MOST_GOODS)
    const is = new Map(ranked.all().map(({ id, sold }) => [Number(id), Number(sold)]))
    const isSame = is.size === most.length && most.every(([id, sold]) => is.get(id) === sold)
    if (isSame) return
    tx(db, () => {
      forget.run()
      for (const [id, sold] of most) put.run(sold, id)
    })
  }
  return {
    /** Lays the tiles out for a shift that is not laid out yet; answers how long to rest. */
    step: async (): Promise<number> => {
      const { shift, lastShift } = store.ledger()
      const next = shift?.shift ?? lastShift + 1
      if (laidOutFor === next) return LOOK_MS
      layOut(await counted(next))
      laidOutFor = next
      return LOOK_MS
    },
  }
}

export type BestSellers = ReturnType<typeof openBestSellers>
