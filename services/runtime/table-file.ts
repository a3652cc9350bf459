import { open, readFile } from 'node:fs/promises'
import type { FileRow } from '#core/goods/file-row.ts'
import { csvRows } from './table-csv.ts'
import { type TableBounds, tableBounds, tableFault } from './table-fault.ts'
import { xlsxRows } from './table-xlsx.ts'

/**
 * The rows of a CSV or XLSX, some at once; what it is, its content tells. Throws what
 * `tableFaultOf` reads when the file as a whole is none, is broken or is more than the bounds.
 */
export async function* tableRows(
  path: string,
  bounds: TableBounds = tableBounds,
): AsyncGenerator<FileRow[]> {
  switch (await kindOf(path, bounds)) {
    case 'xlsx':
      yield* xlsxRows(path, bounds)
      break
    case 'csv':
      yield* csvRows(await readFile(path), bounds)
      break
  }
}

/** Compound files of before 2007, and workbooks with a password. */
const OLD = 'd0cf11e0'
const ZIP = '504b0304'

async function kindOf(path: string, { fileBytes }: TableBounds): Promise<'xlsx' | 'csv'> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    if (size === 0) throw tableFault('empty')
    if (size > fileBytes) throw tableFault('too-large')
    const start = Buffer.alloc(4)
    await file.read(start, 0, 4, 0)
    const signature = start.toString('hex')
    if (signature === OLD) throw tableFault('old-xls')
    return signature === ZIP ? 'xlsx' : 'csv'
  } finally {
    await file.close()
  }
}
