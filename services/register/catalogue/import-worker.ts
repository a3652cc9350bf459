import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import type { ChangedRow, FaultyRow } from '#core/api/register-import.ts'
import type { StockRow } from '#core/api/register-stock.ts'
import { codesMeant } from '#core/document/barcode.ts'
import {
  type AskedCatalogue,
  type Compared,
  fieldsChanged,
  type GoodsFields,
  type KeptGoods,
  openComparing,
} from '#core/goods/comparing.ts'
import { areEnough, type FileColumns } from '#core/goods/file-columns.ts'
import { columnsNamed } from '#core/goods/file-heads.ts'
import { type FileRow, headTexts, isEmptyRow, readRow, saidIn } from '#core/goods/file-row.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { tableFault, tableFaultOf } from '#services/runtime/table-fault.ts'
import { tableRows } from '#services/runtime/table-file.ts'
import {
  type PlannedGoods,
  type ReadingNews,
  type ReadingWork,
  ROWS_TOGETHER,
  stampOf,
} from './import-plan.ts'
import { STOCK_COLUMNS, stockRowOf } from './stock-row.ts'

// A thread of its own: whoever sells does not wait for a file of a hundred thousand rows, and one
// that is worse than its bounds takes this thread down and nothing else.

const say = (news: ReadingNews): void => parentPort?.postMessage(news)

/** Faulty rows that are told one by one; the rest is counted. */
const MOST_FAULTS = 10_000
const HEAD_IS_AMONG = 20

/** Gathers what is told of rows, and tells it in pieces. */
function gathering<Row>(is: 'part' | 'faults' | 'changes') {
  let rows: Row[] = []
  const flush = () => {
    if (rows.length > 0) say({ is, body: new TextEncoder().encode(JSON.stringify(rows)) })
    rows = []
  }
  const put = (row: Row) => {
    rows.push(row)
    if (rows.length === ROWS_TOGETHER) flush()
  }
  return { put, flush }
}

function askedIn(db: Sqlite): AskedCatalogue {
  const byId = db.prepare(`select ${STOCK_COLUMNS} from goods where id = ?`)
  const holder = db.prepare('select goods from goods_code where code = ?')
  const byName = db.prepare(
    `select ${STOCK_COLUMNS} from goods where name = ? and retired_at is null limit 10`,
  )
  const lately = new Map<string, KeptGoods | null>()
  // One by one: a list of them would be a table of its own to SQLite, which costs twice as much.
  const withCode = (code: string): KeptGoods | null => {
    for (const meant of codesMeant(code)) {
      const row = holder.get(meant)
      if (row) return keptOf(stockRowOf(byId.get(Number(row.goods))))
    }
    return null
  }
  return {
    byId: (id) => keptOf(stockRowOf(byId.get(id))),
    byCode: (code) => {
      const known = lately.get(code)
      if (known !== undefined) return known
      if (lately.size > 100) lately.clear()
      const found = withCode(code)
      lately.set(code, found)
      return found
    },
    byName: (name) => byName.all(name).flatMap((row) => keptOf(stockRowOf(row)) ?? []),
  }
}

function keptOf(row: StockRow | null): KeptGoods | null {
  if (!row) return null
  const { id, name, codes, price, vat, unit, group, favourite, marking, retiredAt } = row
  const { colour, picture } = row
  const isRetired = retiredAt !== null
  return {
    id,
    name,
    codes,
    price,
    vat,
    unit,
    group,
    favourite,
    marking,
    colour,
    picture,
    isRetired,
  }
}

async function read(work: ReadingWork): Promise<void> {
  const db = new DatabaseSync(work.catalogue, { readOnly: true })
  const stamp = stampOf(db)
  const sink = openSink(openComparing(askedIn(db), work.unsaid))
  let first: FileRow[] | null = []
  let columns: FileColumns = {}
  const begin = (rows: FileRow[]) => {
    const head = headIn(rows, work)
    columns = head.columns
    say({ is: 'heads', heads: head.heads, columns })
    if (!areEnough(columns)) throw tableFault('no-columns')
    for (const row of rows.slice(head.skip)) sink.take(row, columns)
  }
  for await (const some of tableRows(work.path)) {
    const rows = some.filter((row) => !isEmptyRow(row))
    if (first) {
      first.push(...rows)
      if (first.length < HEAD_IS_AMONG) continue
      begin(first)
      first = null
    } else for (const row of rows) sink.take(row, columns)
    say({ is: 'counted', counts: sink.counts })
  }
  if (first?.length === 0) throw tableFault('empty')
  if (first) begin(first)
  sink.flush()
  db.close()
  say({ is: 'read', stamp, counts: sink.counts })
}

/** Rows above the heads are a title; the heads are where most of them are known. */
function headIn(rows: readonly FileRow[], { columns, isHeadless }: ReadingWork) {
  const known = rows
    .slice(0, HEAD_IS_AMONG)
    .map(({ cells }) => Object.keys(columnsNamed(headTexts(cells))).length)
  const at = isHeadless ? 0 : known.indexOf(Math.max(...known))
  const heads = headTexts(rows[at]?.cells ?? [])
  const named = columns ?? (isHeadless ? {} : columnsNamed(heads))
  return { heads, columns: named, skip: isHeadless ? 0 : at + 1 }
}

function openSink(compare: ReturnType<typeof openComparing>) {
  const counts = { new: 0, changed: 0, same: 0, bad: 0 }
  const parts = gathering<PlannedGoods>('part')
  const faults = gathering<FaultyRow>('faults')
  const changes = gathering<ChangedRow>('changes')
  const comparedRow = (row: FileRow, columns: FileColumns): Compared => {
    const got = readRow(row, columns)
    return 'faults' in got ? { is: 'bad', faults: got.faults } : compare(row.line, got.draft)
  }
  const take = (row: FileRow, columns: FileColumns): void => {
    const { line } = row
    const found = comparedRow(row, columns)
    counts[found.is] += 1
    switch (found.is) {
      case 'bad': {
        const name = saidIn(row.cells[columns.name ?? 0] ?? null)
        if (counts.bad <= MOST_FAULTS) faults.put({ line, name, faults: found.faults })
        break
      }
      case 'new':
        parts.put({ id: null, form: found.form, isRepriced: true })
        break
      case 'changed': {
        const { kept, form } = found
        parts.put({ id: kept.id, form, isRepriced: kept.price !== form.price })
        changes.put(changeTold(line, kept, form))
        break
      }
      case 'same':
        break
      default:
        found satisfies never
    }
  }
  const flush = () => {
    parts.flush()
    faults.flush()
    changes.flush()
  }
  return { counts, take, flush }
}

function changeTold(line: number, kept: KeptGoods, form: GoodsFields): ChangedRow {
  const before: ChangedRow['before'] = {}
  const after: ChangedRow['after'] = {}
  for (const field of fieldsChanged(kept, form)) {
    Object.assign(before, { [field]: kept[field] })
    Object.assign(after, { [field]: form[field] })
  }
  return { line, name: kept.name, before, after }
}

await read(workerData as ReadingWork).catch((error: unknown) => {
  const found = tableFaultOf(error)
  if (!found) throw error
  say({ is: 'failed', fault: found.fault, line: found.line })
})
