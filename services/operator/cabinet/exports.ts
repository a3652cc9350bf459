import type { Context as Call } from 'hono'
import type { DocumentBrief } from '#core/api/operator-cabinet/documents.ts'
import { documentsExport } from '#core/api/operator-cabinet/exports.ts'
import { cabinetWords } from '#core/words/cabinet.ts'
import { clientWords } from '#core/words/client.ts'
import type { Language } from '#core/words/language.ts'
import { operationsWords } from '#core/words/operations.ts'
import { openExports, rowsByPages } from '#services/runtime/exports.ts'
import type { Door } from '#services/runtime/serve.ts'
import type { Cell } from '#services/runtime/spreadsheet.ts'
import type { OperatorPorts } from '../ports.ts'
import { documentsOf } from '../store/documents.ts'
import { filterOf } from './documents.ts'
import { unpOf, type Visitor } from './door.ts'

/** A client's documents as a file, filtered as the list is, the newest first. */
export function exportHandlers({ db, clock }: OperatorPorts, door: Door<Visitor, Call>) {
  const exported = openExports(door, clock)
  return {
    'GET /api/exports/documents': exported({
      name: 'documents',
      query: documentsExport,
      tableOf: ({ as: _, ...asked }, { account }, language) => {
        const wanted = filterOf(asked)
        if (wanted !== 'nothing' && 'kind' in wanted) return wanted
        const unp = unpOf(account)
        const pageAfter = async (before: DocumentBrief | undefined, limit: number) =>
          wanted === 'nothing'
            ? []
            : documentsOf(db, unp, { filter: Object.assign({}, wanted.filter, { before }), limit })
        const cellsIn = (row: DocumentBrief) => cellsOf(row, language)
        const { cut } = clientWords[language].exports
        return { head: headIn(language), rows: rowsByPages({ pageAfter, cellsOf: cellsIn, cut }) }
      },
    }),
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
