import type { OperationBrief } from '../api/register.ts'
import type { ReceiptFilter } from '../api/register-receipts.ts'
import { type ListedKind, listedKinds } from '../document/kinds.ts'
import { parseUidStart } from '../document/uid.ts'
import { folded } from '../goods/folding.ts'
import { asLatinKeys, asRussianKeys } from '../keyboard.ts'
import { type Kopecks, parseMoney } from '../money.ts'
import { dayNumber, minskHour } from '../time.ts'

// What a receipt is found by (N6, N14): each has its tags, and what is asked is said in tags. A tag
// begins with the letter of what it is about.

/** What is asked of receipts. A tag `between` is `from` or behind it, and before `until`. */
export type Sought =
  | { is: 'tag'; tag: string }
  | { is: 'between'; from: string; until: string }
  | { is: 'number'; number: number }
  /** `start`: its first digits, upper case. */
  | { is: 'uid'; start: string }
  | { is: 'all'; of: readonly Sought[] }
  | { is: 'any'; of: readonly Sought[] }

/** What is known of a receipt; `masked`: the card's number, none without a card. */
export type TaggedReceipt = Pick<OperationBrief, 'kind' | 'at' | 'cashier' | 'sum' | 'shift'> & {
  lines?: readonly { name: string; code: string | null }[]
  masked?: string | null
}

/** The tags of a receipt, each once. */
export function tagsOf(receipt: TaggedReceipt): string[] {
  const { kind, at, cashier, sum, shift, lines = [], masked } = receipt
  const digits = lastDigits(masked ?? '')
  const words = lines.flatMap(({ name, code }) => wordsOf(`${name} ${code ?? ''}`))
  const tags = [
    `k${kind}`,
    dayTag(Math.floor(minskHour(at) / 24)),
    `s${Math.abs(sum)}`,
    `c${cashier}`,
    ...wordsOf(cashier).map((word) => `n${word}`),
    ...(shift === null ? [] : [`h${shift}`]),
    ...(digits === '' ? [] : [`p${digits}`]),
    ...words.map((word) => `g${word}`),
    ...words.flatMap((word) => [beginningOf(word, 1), beginningOf(word, FEW_LETTERS)]),
  ]
  return [...new Set(tags)].sort()
}

// The same goods are sold again and again: to fold their words costs more than all other tags.
const knownWords = new Map<string, readonly string[]>()
const MOST_KNOWN = 4096

function wordsOf(text: string): readonly string[] {
  const known = knownWords.get(text)
  if (known) return known
  const words = folded(text).split(' ').filter(Boolean)
  if (knownWords.size >= MOST_KNOWN) knownWords.clear()
  knownWords.set(text, words)
  return words
}

/** With so few letters a great many words begin: that is a tag of its own. */
const FEW_LETTERS = 2

const beginningOf = (word: string, letters: number): string =>
  `b${[...word].slice(0, letters).join('')}`

/** Its last four, from the last one on: however many of them are known, a tag begins with them. */
const lastDigits = (number: string): string =>
  [...number.replace(/\D/g, '').slice(-4)].reverse().join('')

const dayTag = (day: number): string => `d${String(day).padStart(7, '0')}`

const tag = (tag: string): Sought => ({ is: 'tag', tag })
const begins = (from: string): Sought => ({ is: 'between', from, until: `${from}\u{10ffff}` })
const all = (of: readonly Sought[]): Sought => ({ is: 'all', of })
const any = (of: readonly Sought[]): Sought => ({ is: 'any', of })

type Titles = Record<ListedKind, string>

/** All that is asked at once; `titles`: of kinds, in the language of whoever asks. */
export function soughtBy(filter: ReceiptFilter, titles: Titles): Sought {
  const { search = '', kind, shift, from, until, goods = '', cashier, card } = filter
  // What is rare comes first: where it is not, nothing else is looked for.
  const asked = [
    ...(shift === undefined ? [] : [tag(`h${shift}`)]),
    ...(kind === undefined ? [] : [ofKind(kind)]),
    ...(from === undefined && until === undefined ? [] : [days(from, until)]),
    ...(card === undefined ? [] : [begins(`p${lastDigits(card)}`)]),
    ...(cashier === undefined ? [] : [tag(`c${cashier}`)]),
    ...(goods.trim() === '' ? [] : [words('g', goods)]),
    ...(search.trim() === '' ? [] : [typed(search.trim(), titles)]),
  ]
  // Every receipt is of a kind: without anything else it stands for them all.
  return all(asked.length === 0 ? [begins('k')] : asked)
}

function days(from = '0000-01-01', until = '9999-12-31'): Sought {
  const [first, last] = [Math.max(0, dayNumber(from) ?? 0), Math.max(-1, dayNumber(until) ?? -1)]
  return { is: 'between', from: dayTag(first), until: dayTag(last + 1) }
}

/** Each typed word begins one of theirs, as typed or as meant under the other keyboard (H4). */
function words(letter: 'g' | 'n', text: string): Sought {
  const begun = (word: string): Sought =>
    letter === 'g' && [...word].length <= FEW_LETTERS ? tag(`b${word}`) : begins(`${letter}${word}`)
  const meant = [text, asRussianKeys(text), asLatinKeys(text)].map((each) =>
    wordsOf(each).join(' '),
  )
  return any(
    [...new Set(meant)]
      .filter((each) => each !== '')
      .map((each) => all(each.split(' ').map(begun))),
  )
}

/** Fewer digits start too many uids to be one that is looked for. */
const SHORTEST_UID = 4

/** What is typed into one field may be any of these, in whoever's language. */
function typed(text: string, titles: Titles): Sought {
  const figure = text.replace(/\s/g, '')
  const sum = /^\d+[.,]\d{1,2}$/.test(figure) ? parseMoney(figure) : null
  const wanted = text.toLowerCase()
  const [, number] = /^(?:\u2116\s*)?(\d{1,9})$/.exec(text) ?? []
  // Read from paper, a uid is typed in groups, maybe with the Cyrillic keyboard on (D9).
  const uid = parseUidStart(text) ?? ''
  const [, card] = /^[*\s]*(\d{4})$/.exec(text) ?? []
  const day = typedDay(text)
  return any([
    ...listedKinds.filter((kind) => titles[kind].toLowerCase().includes(wanted)).map(ofKind),
    ...(sum === null ? [] : [ofSum(sum)]),
    ...(number === undefined ? [] : [{ is: 'number', number: Number(number) } as const]),
    ...(uid.length >= SHORTEST_UID ? [{ is: 'uid', start: uid } as const] : []),
    ...(card === undefined ? [] : [tag(`p${lastDigits(card)}`)]),
    ...(day === null ? [] : [tag(dayTag(day))]),
    ...(/^\d{8,14}$/.test(text) ? [tag(`g${text}`)] : []),
    // Digits alone are of a paper; goods and people have letters.
    ...(/\p{L}/u.test(text) ? [words('g', text), words('n', text)] : []),
  ])
}

const ofKind = (kind: ListedKind): Sought => tag(`k${kind}`)
const ofSum = (sum: Kopecks): Sought => tag(`s${sum}`)

/** «01.07.2025» as it stands on papers; null: it is no day. */
function typedDay(text: string): number | null {
  const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? []
  if (day === undefined || month === undefined || year === undefined) return null
  return dayNumber(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
}
