import type { Context as Call } from 'hono'
import { type OfficeActView, officeActsExport } from '#core/api/office-acts.ts'
import { type TransactionView, transactionsExport } from '#core/api/office-trade.ts'
import { answerOfBank, operationOfBank } from '#core/words/bank.ts'
import type { Language } from '#core/words/language.ts'
import { officeWords } from '#core/words/office.ts'
import { actNameIn, actReasonIn, trailWords } from '#core/words/trail.ts'
import { openExports, rowsByPages } from '#services/runtime/exports.ts'
import type { Door } from '#services/runtime/serve.ts'
import type { Cell } from '#services/runtime/spreadsheet.ts'
import type { OfficePorts } from '../ports.ts'
import { officeActsOf } from '../store/acts.ts'
import { transactionsOf } from '../store/transactions.ts'
import { wantedActs } from './acts.ts'
import { type OfficeVisitor, unpSeen } from './door.ts'
import { placeIn, wantedOf } from './trade.ts'

/** What the cabinet gives out as files: each filtered and sorted as its list is. */
export function exportsHandlers({ db, clock }: OfficePorts, door: Door<OfficeVisitor, Call>) {
  const exported = openExports(door, clock)
  return {
    /** A client's transactions: the twelve columns. */
    'GET /api/exports/transactions': exported({
      name: 'transactions',
      query: transactionsExport,
      tableOf: ({ as: _, ...asked }, { account }, language) => {
        const wanted = wantedOf(asked)
        const pageAfter = (last: TransactionView | undefined, limit: number) => {
          const before = last && placeIn(wanted.sort, last)
          return transactionsOf(db, unpSeen(account), {
            wanted: Object.assign({ before }, wanted),
            limit,
          })
        }
        const cellsIn = (row: TransactionView) => cellsOf(row, language)
        const { columns, cut } = officeWords[language].list
        const rows = rowsByPages({ pageAfter, cellsOf: cellsIn, cut })
        return { head: Object.values(columns), rows }
      },
    }),
    /** The audit trail. */
    'GET /api/exports/acts': exported({
      name: 'acts',
      query: officeActsExport,
      tableOf: ({ as: _, ...asked }, __, language) => {
        const pageAfter = (last: OfficeActView | undefined, limit: number) =>
          officeActsOf(db, wantedActs(asked, last && { value: last.at, id: last.id }), limit)
        const cellsIn = (row: OfficeActView) => actCells(row, language)
        const rows = rowsByPages({ pageAfter, cellsOf: cellsIn, cut: trailWords[language].cut })
        return { head: Object.values(trailWords[language].columns), rows }
      },
    }),
  }
}

const actCells = (act: OfficeActView, language: Language): readonly Cell[] => [
  { is: 'moment', at: act.at },
  text(act.person),
  text(actNameIn(language, act.what)),
  text(act.target ?? ''),
  text(act.contract ?? ''),
  text(act.company ?? ''),
  text(actReasonIn(language, act)),
  text(act.origin ?? ''),
]

function cellsOf(row: TransactionView, language: Language): readonly Cell[] {
  return [
    text(row.serial),
    text(row.bank),
    { is: 'moment', at: row.at },
    { is: 'number', value: row.receipt },
    text(row.masked ?? ''),
    { is: 'money', sum: row.sum },
    text(shownOperation(row, language)),
    text(row.code),
    text(answerOfBank(language, row.code)),
    text(row.rrn ?? NO_RRN),
    row.auth === null ? null : text(row.auth),
    text(row.issuer ?? ''),
  ]
}

function shownOperation(row: TransactionView, language: Language): string {
  const name = operationOfBank(language, row)
  return row.forgottenAt === null ? name : `${name} (${officeWords[language].row.forgotten})`
}

/** As the bank's own cabinet writes it where nothing was approved. */
const NO_RRN = '000000000000'

const text = (value: string): Cell => ({ is: 'text', text: value })
