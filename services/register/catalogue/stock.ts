import { done, invalid, refused } from '#core/api/contract.ts'
import type { GoodsForm, StockRow } from '#core/api/register-stock.ts'
import { codesMeant } from '#core/document/barcode.ts'
import { folded } from '#core/goods/folding.ts'
import type { Kopecks } from '#core/money.ts'
import { changesBetween, goodsActFields } from '#core/register/act.ts'
import { type Sqlite, tx } from '#services/runtime/sqlite.ts'
import { openActs } from '../memory/acts.ts'
import type { PlannedGoods } from './import-plan.ts'
import { matching } from './search.ts'
import { STOCK_COLUMNS, stockRowOf } from './stock-row.ts'

/** Who keeps the goods, and the request that adds some. */
type By = { person: string; request: string }

/** The shop's goods as they are kept: what is sold, what was, and what it cost when (K1). */
export function openStock(db: Sqlite, now: () => number) {
  const acts = openActs(db, now)
  const { select, write } = statementsOf(db)
  const one = (id: number): StockRow | null => stockRowOf(select.one.get(id))
  const known = (id: number): StockRow => one(id) ?? missing(id)
  const taken = (codes: readonly string[], id: number) => {
    for (const code of codes) {
      const row = select.taken.get(JSON.stringify(codesMeant(code)), id)
      if (!row) continue
      const name = String(row.name)
      return refused('goods.code-taken', { code, name }, { field: 'codes' })
    }
    return null
  }
  /** A picture that is kept for nobody long may be forgotten by now. */
  const unseen = ({ picture }: GoodsForm) =>
    picture === null || select.picture.get(picture) ? null : invalid('picture', 'unknown')
  const putCodes = (id: number, codes: readonly string[]): void => {
    write.forgetCodes.run(id)
    for (const code of codes) write.code.run(code, id)
  }
  // What an import has decided stands on the catalogue as it found it.
  const closed = () => (select.importing.get() ? refused('import.running') : null)
  const insert = (form: GoodsForm, person: string, request: string | null): number => {
    const { lastInsertRowid } = write.add.run({ ...fieldsOf(form), request })
    const id = Number(lastInsertRowid)
    putCodes(id, form.codes)
    write.price.run(id, now(), form.price, person)
    return id
  }
  const update = (form: GoodsForm, id: number): void => {
    write.change.run({ ...fieldsOf(form), id })
    putCodes(id, form.codes)
  }
  return {
    one,
    prices: (id: number) =>
      select.prices.all(id).map(({ price, since, person }) => ({
        price: Number(price) as Kopecks,
        since: Number(since),
        person: person === null ? null : String(person),
      })),
    page: (asked: Asked) => page(db, asked),
    /** Adds goods, once for a request however often it comes. */
    add: (form: GoodsForm, { person, request }: By) =>
      tx(db, () => {
        const before = stockRowOf(select.ofRequest.get(request))
        if (before) return done(before)
        const fault = closed() ?? taken(form.codes, NONE) ?? unseen(form)
        if (fault) return fault
        const id = insert(form, person, request)
        const changes = changesBetween(NO_GOODS, form, goodsActFields.slice(1))
        acts.record({ person, what: 'goods-added', facts: { subject: form.name, changes } })
        return done(known(id))
      }),
    /** Changes goods that are still as they were seen; the same change again changes nothing. */
    change: (form: GoodsForm, { id, revision, person }: Seen & Pick<By, 'person'>) =>
      tx(db, () => {
        const before = one(id)
        if (!before) return refused('goods.unknown')
        if (isAs(before, form)) return done(before)
        if (before.revision !== revision) return refused('goods.changed')
        const fault = closed() ?? taken(form.codes, id) ?? unseen(form)
        if (fault) return fault
        update(form, id)
        if (before.price !== form.price) write.price.run(id, now(), form.price, person)
        const changes = changesBetween(before, form, goodsActFields)
        acts.record({ person, what: 'goods-changed', facts: { subject: before.name, changes } })
        return done(known(id))
      }),
    /** Goods as an import makes them, within the transaction of whoever carries it out. */
    place: (rows: readonly PlannedGoods[], person: string): void => {
      for (const { id, form, isRepriced } of rows) {
        if (id === null) insert(form, person, null)
        else update(form, id)
        if (id !== null && isRepriced) write.price.run(id, now(), form.price, person)
      }
    },
    /** What is retired is sold no more, and stands on the receipts that it is on. */
    retire: (id: number, retired: boolean, person: string) =>
      tx(db, () => {
        const before = one(id)
        if (!before) return refused('goods.unknown')
        const fault = closed()
        if (fault) return fault
        if (retired === (before.retiredAt !== null)) return done(before)
        write.retire.run(retired ? now() : null, id)
        const what = retired ? 'goods-retired' : 'goods-restored'
        acts.record({ person, what, facts: { subject: before.name } })
        return done(known(id))
      }),
  }
}

function statementsOf(db: Sqlite) {
  const select = {
    one: db.prepare(`select ${STOCK_COLUMNS} from goods where id = ?`),
    ofRequest: db.prepare(`select ${STOCK_COLUMNS} from goods where request = ?`),
    taken: db.prepare(
      `select goods_code.code, goods.name from goods_code join goods on goods.id = goods
       where goods_code.code in (select value from json_each(?)) and goods <> ? limit 1`,
    ),
    prices: db.prepare(
      'select price, since, person from goods_price where goods = ? order by rowid desc limit 200',
    ),
    picture: db.prepare('select 1 from picture where hash = ?'),
    importing: db.prepare(
      'select 1 from goods_import where done_at is null and applied_at is not null',
    ),
  }
  const write = {
    add: db.prepare(
      `insert into goods(name, code, price, vat, unit, group_name, favourite, marking, colour,
         picture, search, request)
       values (:name, :code, :price, :vat, :unit, :group, :favourite, :marking, :colour,
         :picture, :search, :request)`,
    ),
    change: db.prepare(
      `update goods set name = :name, code = :code, price = :price, vat = :vat, unit = :unit,
         group_name = :group, favourite = :favourite, marking = :marking, colour = :colour,
         picture = :picture, search = :search, revision = revision + 1
       where id = :id`,
    ),
    retire: db.prepare('update goods set retired_at = ?, revision = revision + 1 where id = ?'),
    price: db.prepare('insert into goods_price(goods, since, price, person) values (?, ?, ?, ?)'),
    forgetCodes: db.prepare('delete from goods_code where goods = ?'),
    code: db.prepare('insert into goods_code(code, goods) values (?, ?)'),
  }
  return { select, write }
}

export type Stock = ReturnType<typeof openStock>

type Seen = { id: number; revision: number }
/** No goods have this id. */
const NONE = 0

const NO_GOODS = {
  name: null,
  price: null,
  codes: [],
  group: null,
  unit: null,
  vat: null,
  favourite: false,
  marking: 'none',
  colour: null,
  picture: null,
}

const missing = (id: number): never => {
  throw new Error(`goods ${id} must be there`)
}

const fieldsOf = ({ name, codes, price, vat, unit, group, favourite, ...how }: GoodsForm) => ({
  name,
  code: codes[0] ?? null,
  price,
  vat,
  unit,
  group,
  favourite: favourite ? 1 : 0,
  marking: how.marking,
  // An import that a version before has read knows of neither.
  colour: how.colour ?? null,
  picture: how.picture ?? null,
  search: folded([name, ...codes].join(' ')),
})

const isAs = (row: StockRow, form: GoodsForm): boolean =>
  JSON.stringify(fieldsOf(row)) === JSON.stringify(fieldsOf(form)) &&
  JSON.stringify(row.codes) === JSON.stringify(form.codes)

type Asked = {
  search?: string | undefined
  retired: 'yes' | 'no'
  after?: string | undefined
  limit: number
}

/** By name; `after` is where the page before ended. */
function page(db: Sqlite, { search = '', retired, after, limit }: Asked) {
  const { where, values } = matching(db, search)
  where.push(retired === 'yes' ? 'retired_at is not null' : 'retired_at is null')
  const place = after === undefined ? null : placeOf(after)
  if (place) {
    where.push('(name, id) > (?, ?)')
    values.push(place.name, place.id)
  }
  const sql = `select ${STOCK_COLUMNS} from goods where ${where.join(' and ')}
               order by name, id limit ?`
  const rows = db
    .prepare(sql)
    .all(...values, limit + 1)
    .flatMap((row) => stockRowOf(row) ?? [])
  const goods = rows.slice(0, limit)
  const last = rows.length > limit ? goods.at(-1) : undefined
  return { goods, next: last ? `${last.id} ${last.name}` : null }
}

function placeOf(after: string): { id: number; name: string } | null {
  const [, id, name] = /^(\d{1,15}) (.*)$/s.exec(after) ?? []
  return id === undefined || name === undefined ? null : { id: Number(id), name }
}
