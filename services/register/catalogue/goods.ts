import type { Goods as Item } from '#core/api/register.ts'
import { weightLabel } from '#core/document/barcode.ts'
import { type Thousandths, thousandths } from '#core/money.ts'
import { type Sqlite, tx } from '#services/runtime/sqlite.ts'

export type NewGoods = Omit<Item, 'id'>

const COLUMNS = 'id, name, code, price, vat, unit, group_name'

/** The catalogue of the shop. */
export function openGoods(db: Sqlite) {
  const select = {
    one: db.prepare(`select ${COLUMNS} from goods where id = ?`),
    byCode: db.prepare(`select ${COLUMNS} from goods where code = ?`),
    groups: db.prepare('select group_name name, count(*) count from goods group by 1 order by 1'),
    count: db.prepare('select count(*) n from goods'),
  }
  const insert = db.prepare(
    `insert into goods(name, code, price, vat, unit, group_name, search)
     values (?, ?, ?, ?, ?, ?, ?)`,
  )
  return {
    count: () => Number(select.count.get()?.n),
    one: (id: number) => read(select.one.get(id)),
    groups: () =>
      select.groups.all().map((row) => ({ name: String(row.name), count: Number(row.count) })),
    /** By barcode, by the shop's own code, or by a scale's label, which carries the weight. */
    byCode: (code: string): { goods: Item; quantity: Thousandths } | null => {
      const whole = read(select.byCode.get(code))
      if (whole) return { goods: whole, quantity: thousandths(1000) }
      const label = weightLabel(code)
      const weighed = label && read(select.byCode.get(label.ownCode))
      return weighed && label.grams > 0
        ? { goods: weighed, quantity: thousandths(label.grams) }
        : null
    },
    search: (filter: Filter) => search(db, filter),
    add: (rows: readonly NewGoods[]) =>
      tx(db, () => {
        for (const { name, code, price, vat, unit, group } of rows) {
          insert.run(name, code, price, vat, unit, group, folded(`${name} ${code ?? ''}`))
        }
      }),
  }
}

type Filter = { search?: string | undefined; group?: string | undefined; limit: number }

/** Every typed word must stand in the name or in the code. */
function search(db: Sqlite, { search = '', group, limit }: Filter): Item[] {
  const words = folded(search).split(' ').filter(Boolean)
  const where = words.map(() => `search like ? escape '\\'`)
  const values = words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)
  if (group) {
    where.push('group_name = ?')
    values.push(group)
  }
  const condition = where.length > 0 ? `where ${where.join(' and ')}` : ''
  const sql = `select ${COLUMNS} from goods ${condition} order by name limit ?`
  return db
    .prepare(sql)
    .all(...values, limit)
    .flatMap((row) => read(row) ?? [])
}

const folded = (text: string) =>
  text.toLowerCase().replaceAll('\u0451', '\u0435').replace(/[«»"]/g, '').trim()

function read(row: Record<string, unknown> | undefined): Item | null {
  if (!row) return null
  const { id, name, code, price, vat, unit, group_name } = row
  return { id, name, code, price, vat, unit, group: group_name } as Item
}

export type Goods = ReturnType<typeof openGoods>
