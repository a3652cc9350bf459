import type { TableFault } from '#core/goods/table-fault.ts'

/** Thrown where a file as a whole cannot be read. */
export const tableFault = (fault: TableFault, line?: number): Error =>
  Object.assign(new Error(`the file cannot be read: ${fault}`), { tableFault: fault, line })

/** What is wrong with the file; null: it is not the file that this was thrown for. */
export function tableFaultOf(error: unknown): { fault: TableFault; line?: number } | null {
  if (!(error instanceof Error) || !('tableFault' in error)) return null
  const fault = error.tableFault as TableFault
  return 'line' in error && typeof error.line === 'number' ? { fault, line: error.line } : { fault }
}

/** What a file may make this process hold, or do, at most. */
export const tableBounds = {
  fileBytes: 32 * 1024 * 1024,
  rows: 200_000,
  /** Of a sheet, unpacked; of its shared texts. */
  sheetBytes: 256 * 1024 * 1024,
  textBytes: 64 * 1024 * 1024,
  partBytes: 4 * 1024 * 1024,
  texts: 1_000_000,
  entries: 2000,
  mergedRows: 200_000,
  lineBytes: 1024 * 1024,
}
export type TableBounds = typeof tableBounds
