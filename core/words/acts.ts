import type { RegisterRight } from '../access/rights.ts'
import { formatMoney, kopecks } from '../money.ts'
import type { ShopActChange, ShopActFacts, ShopActValue } from '../register/act.ts'
import { type Unit, units } from '../units.ts'
import { actsBe } from './acts/be.ts'
import { actsEn } from './acts/en.ts'
import { type ActsWords, actsRu } from './acts/ru.ts'
import type { ClosingWords } from './closing/ru.ts'
import { closingWords } from './closing.ts'
import { equipmentWords } from './equipment.ts'
import { type InEvery, isLanguage, type Language, languageNames } from './language.ts'
import { markingWords } from './marking.ts'
import { operationsWords } from './operations.ts'
import { rightsWords } from './rights.ts'
import { stockWords } from './stock.ts'
import { roleTitle, tillWords } from './till.ts'

export const actsWords: InEvery<ActsWords> = { ru: actsRu, be: actsBe, en: actsEn }

/** What an act was about, beside its name: whom, what, how much, what of it was changed. */
export function actDetails(language: Language, facts: ShopActFacts): string[] {
  const words = actsWords[language]
  const { subject, kind, sum, right, changes = [], rows, times, code } = facts
  const title = kind === undefined ? undefined : operationsWords[language].kinds[kind]
  const money = sum === undefined || sum === 0 ? undefined : formatMoney(sum)
  return [
    subject === undefined ? undefined : roleTitle(tillWords[language].roles, subject),
    title === undefined ? undefined : [title, money].filter(Boolean).join(' '),
    right === undefined ? undefined : words.right(rightsWords[language][right]),
    ...changes.map((change) => changeText(language, change)),
    rows === undefined ? undefined : words.rows(rows),
    times === undefined ? undefined : words.times(times),
    code === undefined ? undefined : heardText(language, code),
  ].filter((text) => text !== undefined)
}

function changeText(language: Language, { field, from, to }: ShopActChange): string {
  const words = actsWords[language]
  const title = words.fields[field]
  if (field === 'pin') return `${title} ${words.changed}`
  if (field === 'rights') return `${title} — ${movedText(language, listOf(from), listOf(to))}`
  const text = (value: ShopActValue) => valueText(language, field, value)
  return from === null ? `${title}: ${text(to)}` : `${title}: ${text(from)} → ${text(to)}`
}

const listOf = (value: ShopActValue): readonly string[] => (Array.isArray(value) ? value : [])

function movedText(language: Language, from: readonly string[], to: readonly string[]): string {
  const words = actsWords[language]
  const titles = rightsWords[language]
  const named = (rights: readonly string[]) =>
    rights.map((right) => titles[right as RegisterRight] ?? right).join(', ')
  const given = to.filter((right) => !from.includes(right))
  const taken = from.filter((right) => !to.includes(right))
  const texts = [
    given.length > 0 ? words.given(named(given)) : '',
    taken.length > 0 ? words.taken(named(taken)) : '',
  ]
  return texts.filter(Boolean).join('; ')
}

function valueText(language: Language, field: ShopActChange['field'], value: ShopActValue): string {
  const words = actsWords[language]
  if (field === 'vat') return value === null ? stockWords[language].noVat : `${value} %`
  if (value === null || value === '') return '—'
  if (Array.isArray(value)) return value.length > 0 ? value.join(' / ') : '—'
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (field === 'price' && Number.isInteger(value)) return formatMoney(kopecks(Number(value)))
  if (field === 'discountPercent') return `${value} %`
  if (field === 'role') return roleTitle(tillWords[language].roles, String(value))
  if (isSwitch(field)) return value === 'on' ? words.yes : words.no
  if (field === 'paperLanguage' && isLanguage(value)) return languageNames[value]
  if (field === 'cashCount' && isCounting(value)) return closingWords[language].settings.by[value]
  if (field === 'marking') return markingText(language, String(value))
  if (field === 'colour') return colourText(language, String(value))
  if (field === 'picture') return String(value).slice(0, SHOWN_HASH)
  if (isOfPrinter(field)) return printerText(language, field, String(value))
  if (field === 'unit' && isUnit(value)) return operationsWords[language].units[value]
  return String(value)
}

const isSwitch = (field: string): boolean =>
  ['clearing', 'blindCount', 'autoUpdate', 'electronicReceipt'].some((each) => each === field)

/** Enough of a picture's hash to tell it from another. */
const SHOWN_HASH = 8

function colourText(language: Language, value: string): string {
  const texts: Readonly<Record<string, string>> = stockWords[language].colours
  return texts[value] ?? value
}

/** Of goods what they are marked with, of the shop what it scans. */
function markingText(language: Language, value: string): string {
  const { kinds, scopes } = markingWords[language]
  const texts: Readonly<Record<string, string>> = Object.assign({}, scopes, kinds)
  return texts[value] ?? value
}

const isOfPrinter = (field: string): field is 'columns' | 'codePage' | 'drawer' | 'cut' =>
  ['columns', 'codePage', 'drawer', 'cut'].some((each) => each === field)

function printerText(
  language: Language,
  field: 'columns' | 'codePage' | 'drawer' | 'cut',
  value: string,
): string {
  const words = equipmentWords[language]
  const [when = '', pin] = value.split(' ')
  const titles: Readonly<Record<string, string>> = {
    columns: words.columns,
    codePage: words.codePages,
    drawer: words.drawers,
    cut: words.cuts,
  }[field]
  const title = titles[when] ?? value
  return pin === undefined ? title : `${title}, ${words.drawerPin(Number(pin))}`
}

/** What a machine let hear that was tried; nothing for codes of other acts. */
function heardText(language: Language, code: string): string | undefined {
  const { heard, weighed, terminalHeard } = equipmentWords[language]
  const bank = Object.entries(terminalHeard).map(([name, said]) => [`bank-${name}`, said])
  const said: Readonly<Record<string, { title: string }>> = Object.assign(
    Object.fromEntries(bank),
    weighed,
    heard,
  )
  return said[code]?.title
}

type Counting = keyof ClosingWords['settings']['by']
const isCounting = (value: ShopActValue): value is Counting =>
  ['notes', 'sum', 'skipped'].some((each) => each === value)

const isUnit = (value: ShopActValue): value is Unit => units.some((unit) => unit === value)
