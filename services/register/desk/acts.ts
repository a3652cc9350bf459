import type { Context as Call } from 'hono'
import { done, type Handlers, invalid } from '#core/api/contract.ts'
import { fileAsked } from '#core/api/file-form.ts'
import type { registerApi } from '#core/api/register.ts'
import { actsExport } from '#core/api/register-acts.ts'
import { DAY, HOUR, type Moment, minskDay } from '#core/time.ts'
import { actDetails, actsWords } from '#core/words/acts.ts'
import type { Language } from '#core/words/language.ts'
import { openDownloads } from '#services/runtime/download.ts'
import { tableFile } from '#services/runtime/exports.ts'
import { answerRefused, spoken } from '#services/runtime/serve.ts'
import type { Cell } from '#services/runtime/spreadsheet.ts'
import type { ActLine, ShopActFilter } from '../memory/acts.ts'
import type { Register } from '../register.ts'
import type { SignedIn } from './people.ts'

type All = Handlers<typeof registerApi, SignedIn, Call>

/** The journal of acts, the newest first (K6). */
export function actHandlers({ acts }: Register): Pick<All, 'acts'> {
  return {
    acts: async ({ before, limit, ...asked }) => {
      const rows = acts.page(filterOf(asked), { before: before ?? null, limit: limit + 1 })
      const page = rows.slice(0, limit)
      const next = rows.length > limit ? (page.at(-1)?.seq ?? null) : null
      return done({ acts: page, next, people: acts.people() })
    },
  }
}

type Asked = Omit<ShopActFilter, 'from' | 'until'> & {
  from?: string | undefined
  to?: string | undefined
}

/** Days in Minsk as the moments that they begin and end at. */
const filterOf = ({ from, to, ...rest }: Asked): ShopActFilter => ({
  ...rest,
  from: from === undefined ? undefined : startOf(from),
  until: to === undefined ? undefined : startOf(to) + DAY,
})

const startOf = (day: string): Moment => Date.parse(`${day}T00:00:00Z`) - 3 * HOUR

/** Rows read at once: between two reads a sale goes first. */
const PIECE = 100
/** A person reads no more; days part a longer journal. */
const MOST_ROWS = 100_000

/** The journal as a file, filtered as the list is. */
export function openActsExport(register: Register): (call: Call) => Response {
  const download = openDownloads()
  const { people, signIn, acts, now } = register
  return (call) => {
    const person = people.bySession(signIn.tokenOf(call))
    const sent = fileAsked(actsExport, call.req.query())
    if (sent.kind === 'invalid') return answerRefused(call, sent)
    if (!person) return answerRefused(call, invalid('body', 'malformed'))
    const { as, ...asked } = sent.asked
    const language = person.language ?? spoken(call)
    const { columns } = actsWords[language]
    const head = ['№', columns.at, columns.person, columns.what, columns.details, columns.whole]
    const table = { head, rows: rowsOf(register, filterOf(asked), language) }
    return download(call, person.user, () => {
      acts.record({ person: person.user, what: 'journal-exported', facts: {} })
      return Object.assign({ name: `acts-${minskDay(now())}.${as}` }, tableFile(as, table))
    })
  }
}

async function* rowsOf(
  { acts, engine }: Register,
  filter: ShopActFilter,
  language: Language,
): AsyncGenerator<readonly Cell[]> {
  let before: number | null = null
  for (let left = MOST_ROWS; left > 0; ) {
    await engine.giveWay()
    const limit = Math.min(PIECE, left)
    const page: ActLine[] = acts.page(filter, { before, limit })
    for (const line of page) yield cellsOf(line, language)
    before = page.at(-1)?.seq ?? null
    left = page.length < limit ? 0 : left - limit
    if (left === 0 && page.length === limit) yield [text(actsWords[language].cut)]
  }
}

function cellsOf({ seq, at, person, what, facts, isWhole }: ActLine, language: Language): Cell[] {
  const words = actsWords[language]
  return [
    { is: 'number', value: seq },
    { is: 'moment', at },
    text(person ?? words.nobody),
    text(words.titles[what]),
    text(actDetails(language, facts).join('; ')),
    text(isWhole ? words.yes : words.no),
  ]
}

const text = (value: string): Cell => ({ is: 'text', text: value })
