import type { ImportCounts } from '#core/api/register-import.ts'
import type { GoodsFields, Unsaid } from '#core/goods/comparing.ts'
import type { FileColumns } from '#core/goods/file-columns.ts'
import type { TableFault } from '#core/goods/table-fault.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'

/** Goods as an import makes them; `id` null: they are new. */
export type PlannedGoods = { id: number | null; form: GoodsFields; isRepriced: boolean }

/** Rows of a part, of which some are written in one transaction: a few milliseconds each. */
export const ROWS_TOGETHER = 50

/** What the thread that reads a file is given. */
export type ReadingWork = {
  path: string
  /** Of the register's database. */
  catalogue: string
  columns: FileColumns | null
  isHeadless: boolean
  unsaid: Unsaid
}

/** What it tells: heads, then the rest as it comes, one of the last two at the end. */
export type ReadingNews =
  | { is: 'heads'; heads: string[]; columns: FileColumns }
  | { is: 'counted'; counts: ImportCounts }
  /** JSON of some `PlannedGoods`, `FaultyRow` or `ChangedRow`. */
  | { is: 'part' | 'faults' | 'changes'; body: Uint8Array }
  | { is: 'read'; stamp: string; counts: ImportCounts }
  | { is: 'failed'; fault: TableFault; line: number | undefined }

/** Another one after every change of the catalogue. */
export function stampOf(db: Sqlite): string {
  const row = db.prepare('select count(*) n, total(revision) r, max(id) last from goods').get()
  return JSON.stringify(row)
}
