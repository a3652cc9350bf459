import { kindNames } from '#core/document/kinds.ts'
import { parseUidStart } from '#core/document/uid.ts'
import { parseMoney } from '#core/money.ts'
import { parseTypedTime } from '#core/time.ts'
import type { CabinetWords } from '#core/words/cabinet/ru.ts'

/** What is looked for, as it was typed; the address keeps it, so that a list can be bookmarked. */
export type Filter = {
  device: string
  kind: string
  day: string
  /** The last day; the first one is `day`. */
  dayTo: string
  time: string
  number: string
  uid: string
  sum: string
}
export type Route =
  | { at: 'documents'; filter: Filter }
  | { at: 'document'; uid: string }
  | { at: 'home' }
  | { at: 'registers' | 'people' | 'views' }
  | { at: 'connect'; code: string }
  | { at: 'answer'; uid: string; device: string }

const filterNames = ['device', 'kind', 'day', 'dayTo', 'time', 'number', 'uid', 'sum'] as const

/** The screen of an address; the first page when the address says nothing. */
export function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  const [at, uid] = path.split('/')
  if (at === '' || at === 'home') return { at: 'home' }
  if (at === 'registers' || at === 'people' || at === 'views') return { at }
  if (at === 'connect') return { at, code: new URLSearchParams(query).get('code') ?? '' }
  if (at === 'answer') {
    const asked = new URLSearchParams(query)
    return { at, uid: asked.get('uid') ?? '', device: asked.get('device') ?? '' }
  }
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

/** Which of the typed fields make no sense, by name, with what to type instead. */
export function faultsOf(
  { day, dayTo, time, number, sum, uid }: Filter,
  words: CabinetWords['list']['faults'],
) {
  const told: Partial<Record<keyof Filter, string>> = {}
  if (time.trim() !== '') {
    if (parseTypedTime(time) === null) told.time = words.time
    else if (day === '') told.time = words.dayMissing
  }
  if (dayTo !== '' && day === '') told.dayTo = words.dayMissing
  if (number.trim() !== '' && !/^[1-9]\d{0,8}$/.test(number.trim())) {
    told.number = words.number
  }
  if (sum.trim() !== '' && parseMoney(sum) === null) told.sum = words.sum
  if (uid.trim() !== '' && parseUidStart(uid) === null) {
    told.uid = words.uid
  }
  return told
}

/** The request for what is typed; null when a field makes no sense: then nothing is asked for. */
export function requestOf(filter: Filter, words: CabinetWords['list']['faults']) {
  if (Object.keys(faultsOf(filter, words)).length > 0) return null
  const { device, day, dayTo } = filter
  const kind = kindNames.find((name) => name === filter.kind)
  const [time, number] = [filter.time.trim(), filter.number.trim()]
  const [sum, uid] = [parseMoney(filter.sum), parseUidStart(filter.uid)]
  return {
    ...(device !== '' && { device }),
    ...(kind && { kind }),
    ...(day !== '' && { day }),
    ...(dayTo !== '' && { dayTo }),
    ...(time !== '' && { time }),
    ...(number !== '' && { number: Number(number) }),
    ...(uid !== null && { uid }),
    ...(sum !== null && { sum }),
  }
}

/** The token of an invitation, for whoever has no account yet. */
export const joiningIn = (hash: string): string | null =>
  /^#\/join\/([\w-]{20,64})$/.exec(hash)?.[1] ?? null
