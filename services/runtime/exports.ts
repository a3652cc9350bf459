import type { Context as Call } from 'hono'
import { type FileForm, type FileQuery, fileAsked } from '#core/api/file-form.ts'
import { minskDay } from '#core/time.ts'
import type { Language } from '#core/words/language.ts'
import type { AnyVisitor } from './actors.ts'
import type { Clock } from './clock.ts'
import { openDownloads } from './download.ts'
import { answerRefused, type Door, spoken } from './serve.ts'
import { type Cell, csvOf, type Table, xlsxOf } from './spreadsheet.ts'

// Lists of a cabinet as files, filtered as the lists are.

const types: Readonly<Record<FileForm, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** A table as the file that is asked for, made while it is read. */
export const tableFile = (as: FileForm, table: Table) => ({
  type: types[as],
  chunks: as === 'csv' ? csvOf(table) : xlsxOf(table),
})

type Export<Asked, Visitor> = {
  /** What the file is called, before its day. */
  name: string
  query: FileQuery<Asked>
  /** Its table, or why it is not given out. */
  tableOf: (
    asked: Asked,
    visitor: Visitor,
    language: Language,
  ) => Table | Parameters<typeof answerRefused>[1]
}

/** Gives out lists as files: in the visitor's language, one at a time for each person. */
export function openExports<Visitor extends AnyVisitor>(
  door: Pick<Door<Visitor, Call>, 'signedIn'>,
  clock: Clock,
) {
  const download = openDownloads()
  return <Asked>({ name, query, tableOf }: Export<Asked, Visitor>) =>
    async (call: Call): Promise<Response> => {
      const visitor = await door.signedIn(call)
      if ('kind' in visitor) return answerRefused(call, visitor)
      const sent = fileAsked(query, call.req.query())
      if (sent.kind === 'invalid') return answerRefused(call, sent)
      const { as } = sent.asked
      const language = visitor.account.language ?? spoken(call)
      const table = tableOf(sent.asked, visitor, language)
      if ('kind' in table) return answerRefused(call, table)
      const file = `${name}-${minskDay(clock.now())}.${as}`
      return download(call, visitor.account.email, () =>
        Object.assign({ name: file }, tableFile(as, table)),
      )
    }
}

/** Rows read at once: between two reads others go first. */
const PAGE = 200
/** A sheet of a spreadsheet takes a million rows; a person does not. */
const MOST_ROWS = 100_000

type List<Row> = {
  /** What follows a row, or the first rows. */
  pageAfter: (last: Row | undefined, limit: number) => Promise<readonly Row[]>
  cellsOf: (row: Row) => readonly Cell[]
  /** What is told in place of the rows beyond the most that a file holds. */
  cut: string
}

/** The rows of a list, read page by page. */
export async function* rowsByPages<Row>(list: List<Row>): AsyncGenerator<readonly Cell[]> {
  const { pageAfter, cellsOf, cut } = list
  let last: Row | undefined
  for (let left = MOST_ROWS; left > 0; ) {
    const limit = Math.min(PAGE, left)
    const page = await pageAfter(last, limit)
    for (const row of page) yield cellsOf(row)
    last = page.at(-1)
    left = page.length < limit ? 0 : left - limit
    if (left === 0 && page.length === limit) yield [{ is: 'text', text: cut }]
  }
}
