import type { Context as Call } from 'hono'
import { invalid } from '#core/api/contract.ts'
import type { DocumentBrief } from '#core/api/operator-cabinet/documents.ts'
import { documentsExport } from '#core/api/operator-cabinet/exports.ts'
import { wrongField } from '#core/api/wrong-field.ts'
import { minskDay } from '#core/time.ts'
import { cabinetWords } from '#core/words/cabinet.ts'
import { clientWords } from '#core/words/client.ts'
import type { Language } from '#core/words/language.ts'
import { operationsWords } from '#core/words/operations.ts'
import { openDownloads } from '#services/runtime/download.ts'
import { answerRefused, type Door, spoken } from '#services/runtime/serve.ts'
import { type Cell, csvOf, xlsxOf } from '#services/runtime/spreadsheet.ts'
import type { OperatorPorts } from '../ports.ts'
import { type DocumentFilter, documentsOf } from '../store/documents.ts'
import { filterOf } from './documents.ts'
import { unpOf, type Visitor } from './door.ts'

/** Rows read at once: between two reads whoever uploads goes first. */
const PAGE = 200
/** A sheet of a spreadsheet takes a million rows; a person does not. */
const MOST_ROWS = 100_000

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** A client's documents as a file, filtered as the list is, the newest first. */
export function exportHandlers(ports: OperatorPorts, door: Door<Visitor, Call>) {
  const download = openDownloads()
  return {
    'GET /api/exports/documents': async (call: Call): Promise<Response> => {
      const visitor = await door.signedIn(call)
      if ('kind' in visitor) return answerRefused(call, visitor)
      const { account } = visitor
      const parsed = documentsExport.safeParse(call.req.query(), { reportInput: true })
      if (!parsed.success) {
        const { field, fault, facts } = wrongField(parsed.error.issues[0])
        return answerRefused(call, invalid(field, fault, facts))
      }
      const { as, ...asked } = parsed.data
      const wanted = filterOf(asked)
      if (wanted !== 'nothing' && 'kind' in wanted) return answerRefused(call, wanted)
      const filter = wanted === 'nothing' ? null : wanted.filter
      const language = account.language ?? spoken(call)
      const rows = rowsOf(ports, { unp: unpOf(account), filter, language })
      const table = { head: headIn(language), rows }
      const name = `documents-${minskDay(ports.clock.now())}.${as}`
      return download(call, account.email, () => ({
        name,
        type: types[as],
        chunks: as === 'csv' ? csvOf(table) : xlsxOf(table),
      }))
    },
  }
}

type Wanted = { unp: string; filter: DocumentFilter | null; language: Language }

async function* rowsOf(
  { db }: OperatorPorts,
  { unp, filter, language }: Wanted,
): AsyncGenerator<readonly Cell[]> {
  let before: DocumentFilter['before']
  for (let left = filter ? MOST_ROWS : 0; left > 0; ) {
    const limit = Math.min(PAGE, left)
    const asked = Object.assign({}, filter, { before })
    const page = await documentsOf(db, unp, { filter: asked, limit })
    for (const row of page) yield cellsOf(row, language)
    before = page.at(-1)
    left = page.length < limit ? 0 : left - limit
    if (left === 0 && page.length === limit) yield [text(clientWords[language].exports.cut)]
  }
}

const headIn = (language: Language): string[] => {
  const { list, document } = cabinetWords[language]
  return [
    document.registerNumber,
    document.device,
    list.number,
    list.kind,
    document.at,
    document.shift,
    list.cashier,
    list.sum,
    list.uid,
    document.marks,
  ]
}

function cellsOf(row: DocumentBrief, language: Language): readonly Cell[] {
  const { device, registerNumber, number, kind, at, shift, cashier, sum, uid, marks } = row
  const all = cabinetWords[language]
  return [
    { is: 'number', value: registerNumber },
    text(device),
    { is: 'number', value: number },
    text(kind ? operationsWords[language].kinds[kind] : all.document.unreadable),
    { is: 'moment', at },
    shift === null ? null : { is: 'number', value: shift },
    cashier === null ? null : text(cashier),
    sum === null ? null : { is: 'money', sum },
    text(uid),
    text(marks.map((mark) => all.marks[mark]).join(', ')),
  ]
}

const text = (value: string): Cell => ({ is: 'text', text: value })
