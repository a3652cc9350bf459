import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { type FileRow, MOST_COLUMNS } from '#core/goods/file-row.ts'
import { type TableBounds, tableFault } from './table-fault.ts'

/** The rows of a CSV in whatever encoding and with whatever separator, some at once. */
export async function* csvRows(bytes: Buffer, bounds: TableBounds): AsyncGenerator<FileRow[]> {
  const text = withoutHint(decoded(bytes))
  const parser = parse({
    delimiter: separatorOf(text),
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: bounds.lineBytes,
  })
  const rows: FileRow[] = []
  let count = 0
  try {
    for await (const { record, info } of Readable.from(piecesOf(text)).pipe(parser)) {
      count += 1
      if (count > bounds.rows + 1) throw tableFault('too-many-rows')
      rows.push(rowOf(record, info.lines))
      if (rows.length === TOGETHER) yield rows.splice(0)
    }
  } catch (error) {
    throw named(error)
  }
  yield rows
}

const TOGETHER = 500

function named(error: unknown): unknown {
  const { code, lines } = Object(error) as { code?: unknown; lines?: unknown }
  const line = typeof lines === 'number' ? lines : undefined
  if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_INVALID_CLOSING_QUOTE') {
    return tableFault('csv-quotes', line)
  }
  return code === 'CSV_MAX_RECORD_SIZE' ? tableFault('csv-quotes', line) : error
}

function rowOf(record: readonly string[], endsAt: number): FileRow {
  const cells = record.slice(0, MOST_COLUMNS)
  const breaks = cells.reduce((count, cell) => count + (cell.match(/\n/g)?.length ?? 0), 0)
  return {
    line: endsAt - breaks,
    cells: cells.map((text) => ({ is: 'text', text })),
    merged: () => false,
  }
}

function* piecesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += PIECE) yield text.slice(at, at + PIECE)
}

const PIECE = 64 * 1024

/** A first line that tells spreadsheets the separator is no row. */
const withoutHint = (text: string): string => text.replace(/^sep=.\r?\n/i, '')

const SEPARATORS = [';', '\t', ',', '|'] as const

/** The sign that stands most often in the first line, quoted texts aside. */
function separatorOf(text: string): string {
  const [line = ''] = /[^\r\n]+/.exec(text.slice(0, PIECE)) ?? []
  const bare = line.replace(/"[^"]*"/g, '')
  const counts = SEPARATORS.map((sign) => ({ sign, count: bare.split(sign).length - 1 }))
  const [best] = counts.toSorted((one, other) => other.count - one.count)
  return best && best.count > 0 ? best.sign : ';'
}

/**
 * UTF-8 and UTF-16 by their marks or by what they cannot be; windows-1251 otherwise. A file of
 * UTF-8 with a broken letter here and there stays UTF-8: these rows are named later.
 */
export function decoded(bytes: Buffer): string {
  const utf16 = utf16Of(bytes)
  if (utf16) return new TextDecoder(utf16).decode(bytes)
  if (bytes.includes(0)) throw tableFault('not-table')
  const utf8 = new TextDecoder('utf-8').decode(bytes)
  const broken = utf8.split('\ufffd').length - 1
  if (broken === 0 || isMarked(bytes)) return utf8
  const letters = utf8.match(/[\u0400-\u04ff]/g)?.length ?? 0
  return letters > broken * LETTERS_TO_BROKEN ? utf8 : new TextDecoder('windows-1251').decode(bytes)
}

/** Of a text in windows-1251 hardly two bytes in a row are a letter of UTF-8. */
const LETTERS_TO_BROKEN = 8

const isMarked = (bytes: Buffer): boolean =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf

function utf16Of(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  // Without a mark: separators and digits have their zero on one side alone.
  const zeros = [0, 0]
  const start = bytes.subarray(0, 4096)
  for (const [at, byte] of start.entries()) {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  }
  const [even = 0, odd = 0] = zeros
  if (even + odd < start.length / 50) return null
  if (even === 0) return 'utf-16le'
  return odd === 0 ? 'utf-16be' : null
}
