import type { Context as Call } from 'hono'
import { invalid } from '#core/api/contract.ts'
import { type TransactionView, transactionsExport } from '#core/api/office-trade.ts'
import { wrongField } from '#core/api/wrong-field.ts'
import { minskDay } from '#core/time.ts'
import { answerOfBank, operationOfBank } from '#core/words/bank.ts'
import type { Language } from '#core/words/language.ts'
import { officeWords } from '#core/words/office.ts'
import { openDownloads } from '#services/runtime/download.ts'
import { answerRefused, type Door, spoken } from '#services/runtime/serve.ts'
import { type Cell, csvOf, xlsxOf } from '#services/runtime/spreadsheet.ts'
import type { OfficePorts } from '../ports.ts'
import { transactionsOf, type WantedTransactions } from '../store/transactions.ts'
import { type OfficeVisitor, unpSeen } from './door.ts'
import { wantedOf } from './trade.ts'

/** Rows read at once: between two reads others go first. */
const PAGE = 200
/** A sheet of a spreadsheet takes a million rows; a person does not. */
const MOST_ROWS = 100_000

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** A client's transactions as a file: the twelve columns, filtered and sorted as the list is. */
export function exportsHandlers(ports: OfficePorts, door: Door<OfficeVisitor, Call>) {
  const download = openDownloads()
  return {
    'GET /api/exports/transactions': async (call: Call): Promise<Response> => {
      const visitor = await door.signedIn(call)
      if ('kind' in visitor) return answerRefused(call, visitor)
      const { account } = visitor
      const parsed = transactionsExport.safeParse(call.req.query(), { reportInput: true })
      if (!parsed.success) {
        const { field, fault, facts } = wrongField(parsed.error.issues[0])
        return answerRefused(call, invalid(field, fault, facts))
      }
      const { as, ...asked } = parsed.data
      const language = account.language ?? spoken(call)
      const rows = rowsOf(ports, { unp: unpSeen(account), wanted: wantedOf(asked), language })
      const { columns } = officeWords[language].list
      const head = Object.values(columns)
      return download(call, account.email, () => ({
        name: `transactions-${minskDay(ports.clock.now())}.${as}`,
        type: types[as],
        chunks: as === 'csv' ? csvOf({ head, rows }) : xlsxOf({ head, rows }),
      }))
    },
  }
}

type Asked = { unp: string; wanted: Omit<WantedTransactions, 'before'>; language: Language }

async function* rowsOf(
  { db }: OfficePorts,
  { unp, wanted, language }: Asked,
): AsyncGenerator<readonly Cell[]> {
  let before: WantedTransactions['before']
  for (let left = MOST_ROWS; left > 0; ) {
    const limit = Math.min(PAGE, left)
    const page = await transactionsOf(db, unp, { wanted: Object.assign({ before }, wanted), limit })
    for (const row of page) yield cellsOf(row, language)
    const last = page.at(-1)
    before = last && { value: wanted.sort.startsWith('at') ? last.at : last.sum, id: last.id }
    left = page.length < limit ? 0 : left - limit
    if (left === 0 && page.length === limit) yield [text(officeWords[language].list.cut)]
  }
}

function cellsOf(row: TransactionView, language: Language): readonly Cell[] {
  return [
    text(row.serial),
    text(row.bank),
    { is: 'moment', at: row.at },
    { is: 'number', value: row.receipt },
    text(row.masked ?? ''),
    { is: 'money', sum: row.sum },
    text(operationOfBank(language, row)),
    text(row.code),
    text(answerOfBank(language, row.code)),
    text(row.rrn ?? NO_RRN),
    row.auth === null ? null : text(row.auth),
    text(row.issuer ?? ''),
  ]
}

/** As the bank's own cabinet writes it where nothing was approved. */
const NO_RRN = '000000000000'

const text = (value: string): Cell => ({ is: 'text', text: value })
