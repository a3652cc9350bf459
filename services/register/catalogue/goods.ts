import type { Goods as Item } from '#core/api/register.ts'
import { codesMeant, weightLabel } from '#core/document/barcode.ts'
import { folded } from '#core/goods/folding.ts'
import { type Kopecks, type Thousandths, thousandths } from '#core/money.ts'
import { type Sqlite, tx } from '#services/runtime/sqlite.ts'
import { foldAnew, matching } from './search.ts'

export type NewGoods = Omit<Item, 'id' | 'picture' | 'marking' | 'colour'> & {
  marking?: Item['marking'] | undefined
  colour?: Item['colour'] | undefined
}

const COLUMNS = 'id, name, goods.code, price, vat, unit, group_name, marking, colour, picture'

/** What a code is: the goods, and how much a scale's label says there is of them. */
export type Coded = { goods: Item; quantity: Thousandths; isLabel: boolean }

/** The catalogue of the shop, and every price that its goods had. */
export function openGoods(db: Sqlite, now: () => number) {
  foldAnew(db)
  const select = {
    one: db.prepare(`select ${COLUMNS} from goods where id = ?`),
    byCodes: db.prepare(
      `select goods_code.code as meant, ${COLUMNS}
       from goods_code join goods on goods.id = goods_code.goods
       where goods_code.code in (select value from json_each(?)) and retired_at is null`,
    ),
    prices: db.prepare(
      `select distinct price from goods_price where goods = :goods and since >= coalesce(
         (select max(since) from goods_price where goods = :goods and since <= :from), 0)`,
    ),
    groups: db.prepare(
      `select group_name name, count(*) count from goods where retired_at is null
       group by 1 order by 1`,
    ),
    count: db.prepare('select count(*) n from goods'),
    pricesSet: db.prepare('select max(rowid) n from goods_price'),
    now: db.prepare('select price from goods where id = ? and retired_at is null'),
  }
  const insert = db.prepare(
    `insert into goods(name, code, price, vat, unit, group_name, search, marking, colour)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const putCode = db.prepare('insert into goods_code(code, goods) values (?, ?)')
  const price = db.prepare('insert into goods_price(goods, since, price) values (?, ?, ?)')
  const byCode = (code: string): Item | null => {
    const meant = codesMeant(code)
    const place = (row: Record<string, unknown>) => meant.indexOf(String(row.meant))
    const found = select.byCodes.all(JSON.stringify(meant))
    return read(found.toSorted((one, other) => place(one) - place(other))[0])
  }
  return {
    count: () => Number(select.count.get()?.n),
    /** Grows with every price that is set. */
    pricesSet: () => Number(select.pricesSet.get()?.n ?? 0),
    /** What goods are sold at now; null: they are not. */
    priceNow: (id: number): Kopecks | null => {
      const row = select.now.get(id)
      return row ? (Number(row.price) as Kopecks) : null
    },
    one: (id: number) => read(select.one.get(id)),
    groups: () =>
      select.groups.all().map((row) => ({ name: String(row.name), count: Number(row.count) })),
    /** By barcode, by the shop's own code, or by a scale's label, which carries the weight. */
    byCode: (code: string): Coded | null => {
      const whole = byCode(code)
      if (whole) return { goods: whole, quantity: thousandths(1000), isLabel: false }
      const label = weightLabel(code)
      const weighed = label && byCode(label.ownCode)
      return weighed && label.grams > 0
        ? { goods: weighed, quantity: thousandths(label.grams), isLabel: true }
        : null
    },
    /** Every price that the goods had at some moment from then on. */
    pricesSince: (goods: number, from: number): Kopecks[] =>
      select.prices.all({ goods, from }).map((row) => Number(row.price) as Kopecks),
    search: (filter: Filter) => search(db, filter),
    add: (rows: readonly NewGoods[]) =>
      tx(db, () => {
        for (const { name, code, price: sum, vat, unit, group, ...said } of rows) {
          const { marking = 'none', colour = null } = said
          const search = folded(`${name} ${code ?? ''}`)
          const row = [name, code, sum, vat, unit, group, search, marking, colour]
          const { lastInsertRowid } = insert.run(...row)
          if (code !== null) putCode.run(code, lastInsertRowid)
          price.run(lastInsertRowid, now(), sum)
        }
      }),
  }
}

type Filter = { search?: string | undefined; group?: string | undefined; limit: number }

function search(db: Sqlite, { search = '', group, limit }: Filter): Item[] {
  const { where, values } = matching(db, search)
  where.push('retired_at is null')
  if (group) {
    where.push('group_name = ?')
    values.push(group)
  }
  // The index of the tiles alone is read until there are enough.
  const sql = `select ${COLUMNS} from goods where id in (
                 select id from goods where ${where.join(' and ')}
                 order by favourite desc, sold desc, name limit ?)
               order by favourite desc, sold desc, name`
  return db
    .prepare(sql)
    .all(...values, limit)
    .flatMap((row) => read(row) ?? [])
}

function read(row: Record<string, unknown> | undefined): Item | null {
  if (!row) return null
  const { id, name, code, price, vat, unit, group_name, marking, colour, picture } = row
  return { id, name, code, price, vat, unit, group: group_name, marking, colour, picture } as Item
}

export type GoodsCatalogue = ReturnType<typeof openGoods>
