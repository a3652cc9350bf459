import type { ReceiptFilter } from '#core/api/register-receipts.ts'
import { listedKinds } from '#core/document/kinds.ts'
import { dayNumber } from '#core/time.ts'
import type { ReceiptSearchWords } from '#core/words/receipt-search/ru.ts'

/** What is asked of the list of receipts, as its fields hold it; the address says it (N14). */
export type ListFilter = Record<(typeof filterFields)[number], string>

export const filterFields = [
  'search',
  'from',
  'until',
  'kind',
  'cashier',
  'goods',
  'card',
  'shift',
] as const
type FilterField = (typeof filterFields)[number]

const understood: Partial<Record<FilterField, (text: string) => boolean>> = {
  from: (text) => dayNumber(text) !== null,
  until: (text) => dayNumber(text) !== null,
  kind: (text) => listedKinds.some((kind) => kind === text),
  card: (text) => /^\d{1,4}$/.test(text),
  shift: (text) => /^[1-9]\d{0,8}$/.test(text),
}

/** What the address asks behind its «?»; what means nothing there asks nothing. */
export function filterIn(query: string): ListFilter {
  const given = new URLSearchParams(query)
  const read = (name: FilterField): string => {
    const text = (given.get(name) ?? '').slice(0, 64)
    return understood[name]?.(text) === false ? '' : text
  }
  return {
    search: read('search'),
    from: read('from'),
    until: read('until'),
    kind: read('kind'),
    cashier: read('cashier'),
    goods: read('goods'),
    card: read('card'),
    shift: read('shift'),
  }
}

/** The address's «?» and what is behind it; empty: nothing is asked. */
export function queryOf(filter: ListFilter): string {
  const asked = filterFields.flatMap((name) => (filter[name] === '' ? [] : [[name, filter[name]]]))
  return asked.length === 0 ? '' : `?${new URLSearchParams(asked)}`
}

/** What is asked of the register. */
export function askedOf(filter: ListFilter): ReceiptFilter {
  const { search, kind, cashier, goods, card, shift, from, until } = filter
  return {
    search: search.trim() || undefined,
    kind: listedKinds.find((each) => each === kind),
    cashier: cashier || undefined,
    goods: goods.trim() || undefined,
    // One digit alone is still being typed.
    card: card.length < 2 ? undefined : card,
    shift: shift === '' ? undefined : Number(shift),
    from: from || undefined,
    until: until || undefined,
  }
}

/** «27.11.2026» of «2026-11-27». */
const dayShown = (day: string): string => day.split('-').reverse().join('.')

/** What is asked, in words, and the fields that ask it; what is typed into the search is not. */
export function toldOf(
  filter: ListFilter,
  told: ReceiptSearchWords['told'],
  titles: Record<string, string>,
): { text: string; fields: readonly FilterField[] }[] {
  const { kind, cashier, goods, card, shift } = askedOf(filter)
  const days = daysTold(filter, told)
  const each = (field: FilterField, text: string | undefined) =>
    text === undefined ? [] : [{ text, fields: [field] }]
  return [
    ...(days === null ? [] : [{ text: days, fields: ['from', 'until'] as const }]),
    ...each('kind', kind && told.kind(titles[kind] ?? kind)),
    ...each('cashier', cashier && told.cashier(cashier)),
    ...each('goods', goods && told.goods(goods)),
    ...each('card', card && told.card(card)),
    ...each('shift', shift === undefined ? undefined : told.shift(String(shift))),
  ]
}

function daysTold({ from, until }: ListFilter, told: ReceiptSearchWords['told']): string | null {
  const [first, last] = [dayShown(from), dayShown(until)]
  if (from === '' && until === '') return null
  if (until === '') return told.since(first)
  if (from === '') return told.until(last)
  return from === until ? told.day(first) : told.days(first, last)
}
