import { transactionResults, transactionSorts } from '#core/api/office-trade.ts'
import { financialKindNames } from '#core/iso8583/fields.ts'
import { parseMoney } from '#core/money.ts'
import type { OfficeWords } from '#core/words/office/ru.ts'

/** What is looked for, as it was typed; the address keeps it, so that a list can be bookmarked. */
export type Filter = Record<(typeof filterNames)[number], string>

const filterNames = [
  'terminal',
  'businessDay',
  'day',
  'dayTo',
  'kind',
  'result',
  'code',
  'card',
  'receipt',
  'rrn',
  'sum',
  'sort',
] as const

/** Nothing is looked for. */
export const emptyFilter = Object.fromEntries(filterNames.map((name) => [name, ''])) as Filter

export type Place =
  | 'home'
  | 'equipment'
  | 'orders'
  | 'questions'
  | 'tariffs'
  | 'contacts'
  | 'settings'
export type Route =
  | { at: Place; serial: string }
  | { at: 'transactions'; filter: Filter }
  | { at: 'transaction'; id: number }
  | { at: 'days' }
  | { at: 'day'; terminal: string; day: number }
  | { at: 'statistics'; from: string; to: string }

const places: readonly Place[] = [
  'equipment',
  'orders',
  'questions',
  'tariffs',
  'contacts',
  'settings',
]

/** The screen of an address; the first page when the address says nothing. */
export function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  const asked = new URLSearchParams(query)
  const of = (name: string) => asked.get(name) ?? ''
  const [at = '', first = '', second = ''] = path.split('/').map(decodeURIComponent)
  if (at === 'transactions') {
    if (/^\d+$/.test(first)) return { at: 'transaction', id: Number(first) }
    const named = filterNames.map((name) => [name, of(name)])
    return { at, filter: Object.fromEntries(named) as Filter }
  }
  if (at === 'days') {
    return /^\d+$/.test(second) ? { at: 'day', terminal: first, day: Number(second) } : { at }
  }
  if (at === 'statistics') return { at, from: of('from'), to: of('to') }
  return { at: places.find((place) => place === at) ?? 'home', serial: of('serial') }
}

/** The token of an invitation, when the address is the link of one. */
export const joiningIn = (hash: string): string | null =>
  /^#\/join\/([\w-]{20,64})$/.exec(hash)?.[1] ?? null

/** The address of a list; what is not named is not looked for. */
export function hashOf(filter: Partial<Filter>): string {
  const query = new URLSearchParams(Object.entries(filter).filter(([, text]) => text !== ''))
  return query.size > 0 ? `#/transactions?${query}` : '#/transactions'
}

const forms: Partial<Record<keyof Filter, [RegExp, keyof OfficeWords['list']['faults']]>> = {
  receipt: [/^[1-9]\d{0,8}$/, 'number'],
  rrn: [/^\d{1,12}$/, 'digits'],
  card: [/^\d{4}$/, 'card'],
}

/** Which of the typed fields make no sense, by name, with what to type instead. */
export function faultsOf(filter: Filter, words: OfficeWords['list']['faults']) {
  const faults: Partial<Record<keyof Filter, string>> = {}
  for (const name of ['receipt', 'rrn', 'card'] as const) {
    const [form, fault] = forms[name] ?? []
    const text = filter[name].trim()
    if (text !== '' && form && fault && !form.test(text)) faults[name] = words[fault]
  }
  if (filter.sum.trim() !== '' && parseMoney(filter.sum) === null) faults.sum = words.sum
  return faults
}

const oneOf = <T extends string>(known: readonly T[], text: string): T | undefined =>
  known.find((each) => each === text)
const numberIn = (text: string) => (/^[1-9]\d{0,8}$/.test(text.trim()) ? Number(text) : undefined)
const textIn = (text: string) => text.trim() || undefined

/** The request for what is typed; null when a field makes no sense: then nothing is asked for. */
export function requestOf(filter: Filter, words: OfficeWords['list']['faults']) {
  if (Object.keys(faultsOf(filter, words)).length > 0) return null
  return {
    terminal: textIn(filter.terminal),
    businessDay: numberIn(filter.businessDay),
    day: textIn(filter.day),
    dayTo: textIn(filter.dayTo),
    kind: oneOf([...financialKindNames, 'reversal'] as const, filter.kind),
    result: oneOf(transactionResults, filter.result),
    code: /^\d{3}$/.test(filter.code) ? filter.code : undefined,
    card: textIn(filter.card),
    receipt: numberIn(filter.receipt),
    rrn: textIn(filter.rrn),
    sum: parseMoney(filter.sum) ?? undefined,
    sort: oneOf(transactionSorts, filter.sort) ?? 'at-down',
  }
}

export type Request = NonNullable<ReturnType<typeof requestOf>>
