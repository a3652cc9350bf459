import type { StockRow } from '#core/api/register-stock.ts'

/** What `stockRowOf` reads, of table `goods`. */
export const STOCK_COLUMNS = `id, name, price, vat, unit, group_name, favourite, retired_at,
  revision, marking, colour, picture,
  (select json_group_array(code) from (select code from goods_code where goods = goods.id
     order by code <> coalesce(goods.code, ''), code)) codes`

/** Goods as they are kept, by a row of `STOCK_COLUMNS`; null: there are none. */
export function stockRowOf(row: Record<string, unknown> | undefined): StockRow | null {
  if (!row) return null
  const { id, name, price, vat, unit, group_name, favourite, retired_at, revision, codes } = row
  const { marking, colour, picture } = row
  return {
    id,
    name,
    codes: JSON.parse(String(codes)),
    price,
    vat,
    unit,
    group: group_name,
    favourite: favourite === 1,
    marking,
    colour,
    picture,
    revision,
    retiredAt: retired_at,
  } as StockRow
}
