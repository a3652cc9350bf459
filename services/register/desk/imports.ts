import type { ReadableStream } from 'node:stream/web'
import type { Context as Call } from 'hono'
import { type Handlers, invalid } from '#core/api/contract.ts'
import {
  exportQuery,
  type importEndpoints,
  type importRoutes,
  uploadQuery,
} from '#core/api/register-import.ts'
import type { StockRow } from '#core/api/register-stock.ts'
import { wrongField } from '#core/api/wrong-field.ts'
import { fileColumns } from '#core/goods/file-columns.ts'
import { minskDay } from '#core/time.ts'
import { importWords } from '#core/words/import.ts'
import type { Language } from '#core/words/language.ts'
import { markingWords } from '#core/words/marking.ts'
import { operationsWords } from '#core/words/operations.ts'
import { stockWords } from '#core/words/stock.ts'
import { openDownloads } from '#services/runtime/download.ts'
import { answerRefused, type Door, spoken } from '#services/runtime/serve.ts'
import { type Cell, csvOf, xlsxOf } from '#services/runtime/spreadsheet.ts'
import type { Person } from '../catalogue/people.ts'
import type { Stock } from '../catalogue/stock.ts'
import type { Register } from '../register.ts'

type Caller = { person: Person }

/** An import of goods, once its file has come (K2). */
export function importHandlers({
  importing,
}: Pick<Register, 'importing'>): Handlers<typeof importEndpoints, Caller, Call> {
  return {
    readImport: async ({ id, ...asked }) => importing.read(id, asked),
    import: async ({ id }) => importing.view(id),
    cancelImport: async ({ id }) => importing.cancel(id),
    importFaults: async ({ id, after }) => importing.faults(id, after),
    importChanges: async ({ id, after }) => importing.changes(id, after),
    applyImport: ({ id }, { person }) => importing.apply(id, person.user),
  }
}

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** Files of goods as they come in and go out, beside the contract. */
export function fileHandlers(
  register: Pick<Register, 'importing' | 'stock' | 'engine' | 'now'>,
  door: Pick<Door<Caller, Call>, 'signedIn'>,
): Record<keyof typeof importRoutes, (call: Call) => Promise<Response>> {
  const { importing, stock, engine } = register
  const download = openDownloads()
  return {
    'POST /api/imports': async (call) => {
      const parsed = uploadQuery.safeParse(call.req.query(), { reportInput: true })
      if (!parsed.success) {
        const { field, fault, facts } = wrongField(parsed.error.issues[0])
        return answerRefused(call, invalid(field, fault, facts))
      }
      const { body } = call.req.raw
      if (!body) return answerRefused(call, invalid('body', 'missing'))
      const bytes = body as ReadableStream<Uint8Array>
      const answer = await importing.upload(parsed.data.name, bytes)
      return answer.kind === 'done' ? call.json(answer.value) : answerRefused(call, answer)
    },
    'GET /api/exports/goods': async (call) => {
      const caller = await door.signedIn(call)
      if ('kind' in caller) return answerRefused(call, caller)
      const parsed = exportQuery.safeParse(call.req.query(), { reportInput: true })
      if (!parsed.success) {
        const { field, fault, facts } = wrongField(parsed.error.issues[0])
        return answerRefused(call, invalid(field, fault, facts))
      }
      const { as } = parsed.data
      const language = caller.person.language ?? spoken(call)
      const head = fileColumns.map((column) => importWords[language].columns[column])
      const table = { head, rows: exportedRows({ stock, giveWay: engine.giveWay }, language) }
      return download(call, caller.person.user, () => ({
        name: `goods-${minskDay(register.now())}.${as}`,
        type: types[as],
        chunks: as === 'csv' ? csvOf(table) : xlsxOf(table),
      }))
    },
  }
}

/** Rows read at once: some milliseconds, after which whoever sells goes first. */
const PAGE = 200

/** The goods on sale, by name, as an import reads them; in the order of `fileColumns`. */
export async function* exportedRows(
  { stock, giveWay }: { stock: Stock; giveWay: () => Promise<void> },
  language: Language,
): AsyncGenerator<readonly Cell[]> {
  let after: string | undefined
  do {
    await giveWay()
    const { goods, next } = stock.page({ retired: 'no', after, limit: PAGE })
    for (const row of goods) yield cellsOf(row, language)
    after = next ?? undefined
  } while (after !== undefined)
}

function cellsOf(row: StockRow, language: Language): readonly Cell[] {
  const { id, name, codes, price, group, unit, vat, favourite, marking, colour } = row
  const { noVat, yes } = importWords[language]
  return [
    { is: 'number', value: id },
    text(name),
    // As a text: a number would lose its zeros.
    text(codes.join(' ')),
    { is: 'money', sum: price },
    text(group),
    text(operationsWords[language].units[unit]),
    vat === null ? text(noVat) : { is: 'number', value: vat },
    favourite ? text(yes) : null,
    marking === 'none' ? null : text(markingWords[language].kinds[marking]),
    colour === null ? null : text(stockWords[language].colours[colour]),
  ]
}

const text = (value: string): Cell => ({ is: 'text', text: value })
