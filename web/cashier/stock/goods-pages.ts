import type { StockRow } from '#core/api/register-stock.ts'
import { type Kept, ofAsked, type Page } from '#web/ui/hooks-pages.ts'
import { register } from '../register.ts'
import { answerOf } from '../trouble.ts'

/** Heights of a row of the list and of what stands above the first one, in CSS pixels. */
const ROW = 57
const ABOVE = 200
/** Rows that are drawn at a time when the list is scrolled: more would stop it. */
const FURTHER = 20
/** As many rows as a screen shows. */
const rowsSeen = (): number => Math.max(4, Math.ceil((innerHeight - ABOVE) / ROW))

type Asked = { user: string; retired: 'yes' | 'no'; search: string }

/** What tells one list of goods from another. */
export const listOf = ({ user, retired, search }: Asked) => ({
  key: `${user} ${retired}`,
  search: `${retired} ${search}`,
})

/** What a screen shows is asked for first; the rest once its end is seen. */
export async function goodsPage(
  { retired, search }: Asked,
  after: string | undefined,
): Promise<Page<StockRow, string> | { told: string }> {
  const limit = after === undefined ? rowsSeen() : FURTHER
  const answer = await register.stock({ search, retired, after, limit })
  if (answer.kind !== 'done') return { told: answerOf(answer) }
  return { rows: answer.value.goods, next: answer.value.next }
}

/** The list as this page saw it last. */
export const keptGoods: Kept<StockRow, string> = { first: null }

/** Asks for what is next when the list is likely to be opened. */
export async function expectGoods(user: string): Promise<void> {
  const asked: Asked = { user, retired: 'no', search: '' }
  const page = await goodsPage(asked, undefined)
  if ('rows' in page) keptGoods.first = { ...page, of: ofAsked(listOf(asked)) }
}

/** This page has changed goods: nothing of before is shown. */
export const forgetGoods = (): void => {
  keptGoods.first = null
}
