import { headsOf } from '../words/goods-file.ts'
import { type FileColumns, fileColumns } from './file-columns.ts'

/**
 * The columns that a row of heads names, in whatever language. Two that would be the same column
 * are neither: a purchase price must not become the shop's.
 */
export function columnsNamed(heads: readonly string[]): FileColumns {
  const bare = heads.map(bareHead)
  const found: FileColumns = {}
  for (const column of fileColumns) {
    const places = bare.flatMap((head, at) => (headsOf[column].includes(head) ? [at] : []))
    const [only, ...others] = places
    if (only !== undefined && others.length === 0) found[column] = only
  }
  return found
}

/** Case, marks, a currency and the dots of \u0451 say nothing of what a column is. */
const bareHead = (head: string): string =>
  head
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('\u0451', '\u0435')
    .replace(/\([^)]*\)/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/ (byn|br|\u0440|\u0440\u0443\u0431)$/u, '')
