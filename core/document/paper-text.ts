// How rows of a paper stand on its columns: the same for printers, the stand's tape and the page.

/** A row of a paper: printers, pages and golden files show the same rows. */
export type Row =
  | { kind: 'text'; text: string; align?: 'left' | 'center' | 'right'; bold?: true }
  | { kind: 'pair'; left: string; right: string; bold?: true }
  | { kind: 'rule' }
  | { kind: 'qr'; text: string }
  | { kind: 'space' }

/** Characters in a line of 58 mm paper, and of 80 mm with a wide and a usual letter. */
export const paperWidths = [32, 42, 48] as const
export type Columns = (typeof paperWidths)[number]

/** Lines of plain text; long texts wrap, and no line is ever longer than `columns`. */
export const asText = (rows: readonly Row[], columns: Columns): string[] =>
  rows.flatMap((row) => rowText(row, columns))

/** The lines that one row takes on paper. */
export function rowText(row: Row, columns: Columns): string[] {
  switch (row.kind) {
    case 'text':
      return wrap(row.text, columns).map((line) => aligned(line, row.align ?? 'left', columns))
    case 'pair':
      return pairText(row, columns)
    case 'rule':
      return ['-'.repeat(columns)]
    case 'qr':
      return wrap(`[QR ${row.text}]`, columns).map((line) => aligned(line, 'center', columns))
    case 'space':
      return ['']
    default:
      return row satisfies never
  }
}

// Older documents may hold what would stand elsewhere on paper.
function pairText({ left, right }: { left: string; right: string }, columns: number): string[] {
  const lefts = wrap(left, columns)
  const rights = wrap(right, columns)
  const last = lefts.at(-1) ?? ''
  const first = rights[0] ?? ''
  const gap = columns - length(last) - length(first)
  const flushed = (line: string) => aligned(line, 'right', columns)
  // At least one space keeps a sum apart from what it is the sum of.
  if (gap < 1) return [...lefts, ...rights.map(flushed)]
  const joined = `${last}${' '.repeat(gap)}${first}`
  return [...lefts.slice(0, -1), joined, ...rights.slice(1).map(flushed)]
}

function aligned(line: string, align: 'left' | 'center' | 'right', columns: number): string {
  const free = columns - length(line)
  if (align === 'left' || line === '') return line
  return ' '.repeat(align === 'right' ? free : Math.floor(free / 2)) + line
}

/** Breaks at spaces, longer words anywhere; further lines keep the first one's indent. */
function wrap(value: string, columns: number): string[] {
  const plain = value.normalize('NFC').replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
  const indent = (/^ */.exec(plain)?.[0] ?? '').slice(0, columns / 2)
  const room = columns - indent.length
  const lines: string[] = []
  let line = ''
  for (const word of plain
    .trim()
    .split(/ +/)
    .flatMap((whole) => pieces(whole, room))) {
    if (line !== '' && length(line) + 1 + length(word) > room) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map((part) => (part === '' ? '' : indent + part))
}

function pieces(word: string, room: number): string[] {
  const letters = [...word]
  const parts: string[] = []
  for (let i = 0; i < letters.length; i += room) parts.push(letters.slice(i, i + room).join(''))
  return parts
}

const length = (value: string): number => [...value].length
