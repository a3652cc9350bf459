import { kindNames } from '#core/document/kinds.ts'
import { parseMoney } from '#core/money.ts'

/** What is looked for, as it was typed; the address keeps it, so that a list can be bookmarked. */
export type Filter = {
  device: string
  kind: string
  day: string
  number: string
  uid: string
  sum: string
}
export type Route =
  | { at: 'documents'; filter: Filter }
  | { at: 'document'; uid: string }
  | { at: 'registers' }

const filterNames = ['device', 'kind', 'day', 'number', 'uid', 'sum'] as const

/** The screen of an address; the list of documents when the address says nothing. */
export function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  const [at, uid] = path.split('/')
  if (at === 'registers') return { at }
  if (at === 'documents' && uid) return { at: 'document', uid: decodeURIComponent(uid) }
  const asked = new URLSearchParams(query)
  const named = filterNames.map((name) => [name, asked.get(name) ?? ''])
  return { at: 'documents', filter: Object.fromEntries(named) as Filter }
}

/** The address of a list. */
export function hashOf(filter: Filter): string {
  const query = new URLSearchParams(Object.entries(filter).filter(([, text]) => text !== ''))
  return query.size > 0 ? `#/documents?${query}` : '#/documents'
}

/** Which of the typed fields make no sense yet, by name, with what to type instead. */
export function faultsOf({ number, sum }: Filter): Partial<Record<keyof Filter, string>> {
  return {
    ...(number !== '' && !/^[1-9]\d{0,8}$/.test(number) && { number: 'Только цифры' }),
    ...(sum !== '' && parseMoney(sum) === null && { sum: 'Например, 12,50' }),
  }
}

/** The request for what is typed; a field that makes no sense yet is left out. */
export function requestOf(filter: Filter) {
  const { device, day, uid } = filter
  const faults = faultsOf(filter)
  const kind = kindNames.find((name) => name === filter.kind)
  const sum = parseMoney(filter.sum)
  return {
    ...(device !== '' && { device }),
    ...(kind && { kind }),
    ...(day !== '' && { day }),
    ...(filter.number !== '' && !faults.number && { number: Number(filter.number) }),
    ...(uid !== '' && { uid }),
    ...(filter.sum !== '' && sum !== null && { sum }),
  }
}
